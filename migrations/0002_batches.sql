CREATE TABLE "batch_rows" (
	"batch_id" uuid NOT NULL,
	"list" integer NOT NULL,
	"line" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"recipient_type" text,
	"recipient_identity" text,
	"recipient_name" text,
	"details" jsonb NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"reason_params" jsonb,
	"suggestion" text,
	"assertion_id" uuid,
	"credential_id" uuid,
	CONSTRAINT "batch_rows_batch_id_list_line_pk" PRIMARY KEY("batch_id","list","line"),
	CONSTRAINT "batch_rows_issued" CHECK ("batch_rows"."state" <> 'issued' or "batch_rows"."credential_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer_id" uuid NOT NULL,
	"badge_class_id" uuid NOT NULL,
	"badge_class_version" integer,
	"status" text NOT NULL,
	"pause_reason" text,
	"event" jsonb,
	"event_key" text NOT NULL,
	"disclose_name" boolean NOT NULL,
	"columns" jsonb NOT NULL,
	"delimiter" text NOT NULL,
	"bom" boolean NOT NULL,
	"list" integer NOT NULL,
	"ready" integer DEFAULT 0 NOT NULL,
	"duplicate" integer DEFAULT 0 NOT NULL,
	"already_awarded" integer DEFAULT 0 NOT NULL,
	"invalid" integer DEFAULT 0 NOT NULL,
	"issued" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"revoked" integer DEFAULT 0 NOT NULL,
	"commit_at" timestamp (3) with time zone,
	"committed_at" timestamp (3) with time zone,
	"progressed_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "batches_paused" CHECK (("batches"."status" = 'paused') = ("batches"."pause_reason" is not null)),
	CONSTRAINT "batches_scheduled" CHECK ("batches"."status" <> 'scheduled' or "batches"."commit_at" is not null)
);
--> statement-breakpoint
DROP INDEX "assertions_one_per_person";--> statement-breakpoint
ALTER TABLE "assertions" ADD COLUMN "event_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "batch_rows" ADD CONSTRAINT "batch_rows_batch_id_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_badge_class_id_badge_classes_id_fk" FOREIGN KEY ("badge_class_id") REFERENCES "public"."badge_classes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batches_newest" ON "batches" USING btree ("issuer_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "batches_open" ON "batches" USING btree ("status") WHERE "batches"."status" in ('scheduled', 'running', 'paused');--> statement-breakpoint
CREATE UNIQUE INDEX "assertions_one_per_person" ON "assertions" USING btree ("badge_class_id","recipient_type","recipient_identity","event_key") WHERE "assertions"."revoked_at" is null and not "assertions"."duplicate";--> statement-breakpoint
-- A credential stays in its row as it is: to compress it or to move it out costs more than to store it.
ALTER TABLE "credentials" SET (toast_tuple_target = 8160);
