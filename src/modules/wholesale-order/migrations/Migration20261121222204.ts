import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121222204 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_order" add column if not exists "invoice_on" text check ("invoice_on" in ('completion', 'approval', 'shipment')) null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_order" drop column if exists "invoice_on";`);
  }

}
