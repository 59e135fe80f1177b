import { UniqueConstraintViolationException } from "@medusajs/framework/mikro-orm/core"
import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import { subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import type { LimitSettings } from "../../../lib/credit-rules/credit-settings"
import { settingChanges } from "../../../lib/audit/setting-changes"
import { changedSettings, NO_LIMIT_RULES } from "../../../lib/credit-rules/credit-settings"
import { lockAccount, readAccount } from "../ledger/accounts"
import type { CreditAccount } from "../ledger/rows"
import type { CreditChange } from "../settings/changes"
import { readChanges, writeChanges, type OffsetPage } from "../settings/changes"
import { limitColumns } from "../settings/update-settings"
import type { CreditGroup, CreditGroupExposure, CreditGroupRow } from "./rows"
import { GROUP_COLUMNS, toCreditGroup } from "./rows"
import { lockGroup } from "./scope"

export interface GroupOfStore {
  readonly store_id: string
  readonly group_id: string
}

export interface CreateGroupInput {
  /** The same id again answers the group that is there. */
  readonly id?: string
  readonly store_id: string
  readonly name: string
  readonly currency_code: string
  readonly settings?: Partial<LimitSettings>
  readonly actor: Actor
}

/**
 * A limit for several accounts to share. Without settings it has no limit, and refuses beyond one.
 *
 * @throws WholesaleError 400 `invalid_amount`, `invalid_credit_settings`, `credit_group_without_name`; 409
 * `credit_group_exists` for a name that is taken
 */
export async function createGroup(manager: EntityManager, input: CreateGroupInput): Promise<CreditGroup> {
  const { id = generateEntityId(undefined, "whcredgrp"), store_id, actor } = input
  const name = groupName(input.name)
  const currency_code = input.currency_code.toLowerCase()
  const made = await manager.execute<{ id: string }[]>(
    `${insertRecordsSql("wholesale_credit_group", ["id", "store_id", "name", "currency_code", "policy"], {
      onConflictDoNothing: true,
    })} returning id`,
    [JSON.stringify([{ id, store_id, name, currency_code, policy: NO_LIMIT_RULES.policy }])]
  )
  if (made.length === 0) {
    return await standingGroup(manager, { id, store_id, name })
  }
  return await updateGroup(manager, { store_id, group_id: id, changes: input.settings ?? {}, actor })
}

export interface UpdateGroupInput extends GroupOfStore {
  readonly name?: string
  /** What is left out stays; null takes a limit or a threshold away. */
  readonly changes: Partial<LimitSettings>
  readonly reason?: string
  readonly actor: Actor
}

/**
 * Changes a group's name and rules and writes a row of audit for every field that differs. Orders that wait
 * are not looked at again: call `recheck` for one of its members.
 *
 * @throws WholesaleError as {@link createGroup}; 404
 */
export async function updateGroup(manager: EntityManager, input: UpdateGroupInput): Promise<CreditGroup> {
  const { store_id, group_id, changes, reason, actor } = input
  const group = await lockGroup(manager, store_id, group_id)
  const after: CreditGroup = {
    ...group,
    ...changedSettings(limitOf(group), changes, group.currency_code),
    name: input.name === undefined ? group.name : groupName(input.name),
  }
  const differences = settingChanges(group, after)
  if (differences.length === 0) {
    return group
  }
  if (after.name !== group.name) {
    await assertNameIsFree(manager, after)
  }
  const limit = limitColumns(after)
  await manager
    .execute(`update wholesale_credit_group set name = ?, ${limit.set}, updated_at = now() where id = ?`, [
      after.name,
      ...limit.values,
      group_id,
    ])
    .catch((error: unknown) => {
      // Another group was given the name since it was found free.
      throw error instanceof UniqueConstraintViolationException ? nameTaken(after.name) : error
    })
  await writeChanges(manager, { store_id, group_id, reason, actor }, differences)
  return after
}

export interface AssignToGroupInput {
  readonly store_id: string
  readonly account_id: string
  /** null: the account shares no limit any more. */
  readonly group_id: string | null
  readonly reason?: string
  readonly actor: Actor
}

/**
 * Puts an account into a group, or out of any; its exposure goes with it, also beyond the group's limit:
 * that stops further orders. Audited; the same group again changes nothing. Call `recheck` afterwards, for
 * a member of the group it left, too.
 *
 * @throws WholesaleError 409 `credit_currency_mismatch` where the group counts in another currency; 404
 */
export async function assignToGroup(
  manager: EntityManager,
  { store_id, account_id, group_id, reason, actor }: AssignToGroupInput
): Promise<CreditAccount> {
  const { group_id: left } = await readAccount(manager, store_id, account_id)
  const locked = new Map<string, CreditGroup>()
  for (const id of [...new Set([left, group_id])].filter((id) => id !== null).sort()) {
    locked.set(id, await lockGroup(manager, store_id, id))
  }
  const account = await lockAccount(manager, store_id, account_id)
  const group = group_id === null ? undefined : locked.get(group_id)
  if (group && group.currency_code !== account.currency_code) {
    throw new WholesaleError(
      409,
      "credit_currency_mismatch",
      `Group ${group.name} counts in ${group.currency_code.toUpperCase()}, credit of account ${account_id} ` +
        `is kept in ${account.currency_code.toUpperCase()}.`,
      { account_id, currency_code: account.currency_code, group_id, requested: group.currency_code }
    )
  }
  const differences = settingChanges({ group_id: account.group_id }, { group_id })
  if (differences.length > 0) {
    await manager.execute(
      `update wholesale_credit_account set group_id = ?, updated_at = now() where id = ?`,
      [group_id, account.id]
    )
    await writeChanges(manager, { store_id, credit_account_id: account.id, reason, actor }, differences)
  }
  return { ...account, group_id }
}

export interface GroupFilters {
  readonly store_id: string
  readonly group_ids?: readonly string[]
  readonly currency_code?: string
  /** A part of the name. */
  readonly q?: string
}

export async function countGroups(manager: EntityManager, filters: GroupFilters): Promise<number> {
  const [condition, params] = groupsWhere(filters)
  const [{ count }] = await manager.execute<[{ count: number }]>(
    `select count(*)::int as count from wholesale_credit_group where ${condition}`,
    params
  )
  return count
}

function groupsWhere({ store_id, group_ids, currency_code, q }: GroupFilters): [condition: string, params: string[]] {
  const conditions: [sql: string, ...params: string[]][] = [["store_id = ? and deleted_at is null", store_id]]
  if (group_ids) {
    conditions.push(["id in (select json_array_elements_text(?::json))", JSON.stringify(group_ids)])
  }
  if (currency_code) {
    conditions.push(["currency_code = ?", currency_code])
  }
  if (q) {
    conditions.push(["strpos(lower(name), lower(?)) > 0", q])
  }
  return [conditions.map(([sql]) => sql).join(" and "), conditions.flatMap(([, ...params]) => params)]
}

/** The groups of a store by name, with members and exposure; all of them where no page is asked for. */
export async function listGroups(
  manager: EntityManager,
  { store_id, group_ids, currency_code, q }: GroupFilters,
  page: OffsetPage = {}
): Promise<CreditGroupExposure[]> {
  const [condition, params] = groupsWhere({ store_id, group_ids, currency_code, q })
  const rows = await manager.execute<(CreditGroupRow & { exposure: string; account_ids: string[] })[]>(
    `select ${GROUP_COLUMNS}, members.exposure, members.account_ids
       from wholesale_credit_group, lateral (
         select coalesce(sum(account.balance + account.reserved), 0) as exposure,
                coalesce(json_agg(account.account_id order by account.account_id), '[]') as account_ids
           from wholesale_credit_account account
          where account.group_id = wholesale_credit_group.id and account.deleted_at is null
       ) members
      where ${condition} order by name, id ${page.limit === undefined ? "" : "limit ? offset ?"}`,
    [...params, ...(page.limit === undefined ? [] : [page.limit, page.offset ?? 0])]
  )
  return rows.map(({ account_ids, ...row }) => {
    const group = toCreditGroup(row)
    const exposure = sumAmounts([row.exposure], group.currency_code)
    return {
      ...group,
      exposure,
      available:
        group.credit_limit === null ? null : subtractAmounts(group.credit_limit, exposure, group.currency_code),
      account_ids,
    }
  })
}

/** @throws WholesaleError 404 */
export async function retrieveGroup(
  manager: EntityManager,
  { store_id, group_id }: GroupOfStore
): Promise<CreditGroupExposure> {
  const [group] = await listGroups(manager, { store_id, group_ids: [group_id] })
  if (!group) {
    throw notFound("Credit group", group_id)
  }
  return group
}

/** The audit of a group's name and rules, newest change first. */
export async function listGroupChanges(
  manager: EntityManager,
  input: GroupOfStore,
  page?: OffsetPage
): Promise<CreditChange[]> {
  await retrieveGroup(manager, input)
  return await readChanges(manager, { group_id: input.group_id }, page)
}

function limitOf({ credit_limit, policy, soft_threshold_percent, hard_threshold_percent }: CreditGroup): LimitSettings {
  return { credit_limit, policy, soft_threshold_percent, hard_threshold_percent }
}

function groupName(name: string): string {
  const trimmed = name.trim()
  if (!trimmed) {
    throw new WholesaleError(400, "credit_group_without_name", "A credit group needs a name.", { field: "name" })
  }
  return trimmed
}

async function standingGroup(
  manager: EntityManager,
  { id, store_id, name }: Pick<CreditGroup, "id" | "store_id" | "name">
): Promise<CreditGroup> {
  const [standing] = await listGroups(manager, { store_id, group_ids: [id] })
  if (!standing) {
    throw nameTaken(name)
  }
  const { exposure: _exposure, available: _available, account_ids: _members, ...group } = standing
  return group
}

async function assertNameIsFree(manager: EntityManager, { id, store_id, name }: CreditGroup): Promise<void> {
  const taken = await manager.execute<{ id: string }[]>(
    `select id from wholesale_credit_group where store_id = ? and name = ? and id <> ? and deleted_at is null`,
    [store_id, name, id]
  )
  if (taken.length > 0) {
    throw nameTaken(name)
  }
}

function nameTaken(name: string): WholesaleError {
  return new WholesaleError(409, "credit_group_exists", `There is a credit group named ${name} already.`, {
    field: "name",
    name,
  })
}
