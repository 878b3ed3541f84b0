CREATE TABLE "issued_entries" (
	"status_list_id" uuid NOT NULL,
	"index" integer NOT NULL,
	"issuer_id" uuid NOT NULL,
	"credential_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "issued_entries_status_list_id_index_pk" PRIMARY KEY("status_list_id","index")
);
--> statement-breakpoint
ALTER TABLE "revoked_entries" RENAME TO "set_entries";--> statement-breakpoint
ALTER TABLE "set_entries" DROP CONSTRAINT "revoked_entries_status_list_id_status_lists_id_fk";
--> statement-breakpoint
DROP INDEX "status_lists_ordinal";--> statement-breakpoint
ALTER TABLE "set_entries" DROP CONSTRAINT "revoked_entries_status_list_id_index_pk";--> statement-breakpoint
ALTER TABLE "set_entries" ADD CONSTRAINT "set_entries_status_list_id_index_pk" PRIMARY KEY("status_list_id","index");--> statement-breakpoint
ALTER TABLE "status_lists" ADD COLUMN "purpose" text DEFAULT 'revocation' NOT NULL;--> statement-breakpoint
ALTER TABLE "issued_entries" ADD CONSTRAINT "issued_entries_status_list_id_status_lists_id_fk" FOREIGN KEY ("status_list_id") REFERENCES "public"."status_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issued_entries" ADD CONSTRAINT "issued_entries_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "issued_entries_credential" ON "issued_entries" USING btree ("issuer_id","credential_id");--> statement-breakpoint
ALTER TABLE "set_entries" ADD CONSTRAINT "set_entries_status_list_id_status_lists_id_fk" FOREIGN KEY ("status_list_id") REFERENCES "public"."status_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "status_lists_ordinal" ON "status_lists" USING btree ("issuer_id","purpose","ordinal");--> statement-breakpoint
ALTER TABLE "status_lists" ADD CONSTRAINT "status_lists_purpose" CHECK ("status_lists"."purpose" in ('revocation', 'suspension'));