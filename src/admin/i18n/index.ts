import en from "./en.json"

export default { en: { wholesale: en } }
