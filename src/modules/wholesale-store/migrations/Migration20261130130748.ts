import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130130748 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_books_check" add column if not exists "started_at" timestamptz not null;`);
    this.addSql(`alter table if exists "wholesale_books_check" alter column "checked_at" type timestamptz using ("checked_at"::timestamptz);`);
    this.addSql(`alter table if exists "wholesale_books_check" alter column "checked_at" drop not null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_books_check" drop column if exists "started_at";`);

    this.addSql(`alter table if exists "wholesale_books_check" alter column "checked_at" type timestamptz using ("checked_at"::timestamptz);`);
    this.addSql(`alter table if exists "wholesale_books_check" alter column "checked_at" set not null;`);
  }

}
