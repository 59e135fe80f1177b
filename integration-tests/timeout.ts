/** Of the spec file's type, in milliseconds (jest.config.js). */
declare const TEST_TIMEOUT: number

jest.setTimeout(TEST_TIMEOUT)
