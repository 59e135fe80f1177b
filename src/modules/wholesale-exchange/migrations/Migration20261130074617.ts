import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130074617 extends Migration {

  override async up(): Promise<void> {
    // No row is ever marked as deleted here. Where the planner thinks the outbox empty, as it mostly is, it took
    // this index for as good as any other, and read everybody's messages for each of one channel.
    this.addSql(`drop index if exists "IDX_wholesale_relay_outgoing_deleted_at";`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_relay_outgoing_document" ON "wholesale_relay_outgoing" ("channel_id", "document_id") WHERE document_id IS NOT NULL AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_wholesale_relay_outgoing_document";`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_relay_outgoing_deleted_at" ON "wholesale_relay_outgoing" ("deleted_at") WHERE deleted_at IS NULL;`);
  }

}
