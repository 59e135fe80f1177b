import type { MigrationInterface, QueryRunner } from "typeorm"

/** When a mailbox was last sent to, so that those that nobody uses can be deleted. */
export class MailboxUsedAt1796100000000 implements MigrationInterface {
  name = "MailboxUsedAt1796100000000"

  async up(runner: QueryRunner): Promise<void> {
    // Those that are there count as used now: a default of today costs no rewriting of the table.
    await runner.query("alter table relay_mailbox add used_at timestamptz not null default now()")
    await runner.query("create index relay_mailbox_used_at on relay_mailbox (used_at)")
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("alter table relay_mailbox drop used_at")
  }
}
