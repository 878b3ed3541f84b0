CREATE TABLE "claim_code_sets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer_id" uuid NOT NULL,
	"badge_class_id" uuid NOT NULL,
	"label" text,
	"count" integer NOT NULL,
	"uses_per_code" integer NOT NULL,
	"max_uses" integer NOT NULL,
	"used" integer DEFAULT 0 NOT NULL,
	"valid_from" timestamp (3) with time zone,
	"valid_until" timestamp (3) with time zone,
	"sealed_codes" text NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "claim_code_sets_used" CHECK ("claim_code_sets"."used" <= "claim_code_sets"."max_uses")
);
--> statement-breakpoint
CREATE TABLE "claim_codes" (
	"set_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"code_hash" text NOT NULL,
	"uses" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "claim_codes_set_id_number_pk" PRIMARY KEY("set_id","number"),
	CONSTRAINT "claim_codes_hash" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "discarded_files" (
	"key" text PRIMARY KEY NOT NULL,
	"remove_after" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evidence_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"slot" text NOT NULL,
	"state" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text,
	"size" integer NOT NULL,
	"received" integer NOT NULL,
	"parts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"sha256" text,
	"shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "evidence_files_stored" CHECK ("evidence_files"."state" <> 'stored' or ("evidence_files"."media_type" is not null and "evidence_files"."sha256" is not null))
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer_id" uuid NOT NULL,
	"about" uuid,
	"template" text NOT NULL,
	"recipient" text NOT NULL,
	"language" text NOT NULL,
	"sealed_values" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"next_attempt_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mails_sent" CHECK (("mails"."state" = 'sent') = ("mails"."sent_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "request_approvals" (
	"request_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"reviewer" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "request_approvals_request_id_round_reviewer_pk" PRIMARY KEY("request_id","round","reviewer")
);
--> statement-breakpoint
CREATE TABLE "request_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "request_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"request_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"event" text NOT NULL,
	"from_state" text,
	"to_state" text,
	"by" text NOT NULL,
	"key_id" uuid,
	"name" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "request_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"token_hash" text NOT NULL,
	"holder" text,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "request_links_token" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer_id" uuid NOT NULL,
	"badge_class_id" uuid NOT NULL,
	"badge_class_version" integer NOT NULL,
	"state" text NOT NULL,
	"round" integer DEFAULT 0 NOT NULL,
	"language" text NOT NULL,
	"name" text,
	"email" text,
	"structure_name" text,
	"structure_siret" text,
	"structure_key" text,
	"referent_name" text,
	"referent_email" text,
	"referent_answer" jsonb,
	"answers" jsonb NOT NULL,
	"consent" jsonb,
	"checklist" jsonb NOT NULL,
	"assigned_to" text,
	"lease_until" timestamp (3) with time zone,
	"reason" text,
	"assertion_id" uuid,
	"credential_id" uuid,
	"expires_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"decided_at" timestamp (3) with time zone,
	"evidence_until" timestamp (3) with time zone,
	"erased_at" timestamp (3) with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "requests_state" CHECK ("requests"."state" in ('draft', 'submitted', 'returned', 'accepted', 'rejected', 'withdrawn', 'expired')),
	CONSTRAINT "requests_accepted" CHECK (("requests"."state" = 'accepted') = ("requests"."assertion_id" is not null)),
	CONSTRAINT "requests_consented" CHECK ("requests"."state" <> 'submitted' or "requests"."consent" is not null)
);
--> statement-breakpoint
ALTER TABLE "assertions" ADD COLUMN "notified" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_code_sets" ADD CONSTRAINT "claim_code_sets_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_code_sets" ADD CONSTRAINT "claim_code_sets_badge_class_id_badge_classes_id_fk" FOREIGN KEY ("badge_class_id") REFERENCES "public"."badge_classes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_codes" ADD CONSTRAINT "claim_codes_set_id_claim_code_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."claim_code_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_files" ADD CONSTRAINT "evidence_files_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_approvals" ADD CONSTRAINT "request_approvals_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_events" ADD CONSTRAINT "request_events_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_links" ADD CONSTRAINT "request_links_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_badge_class_id_badge_classes_id_fk" FOREIGN KEY ("badge_class_id") REFERENCES "public"."badge_classes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_assertion_id_assertions_id_fk" FOREIGN KEY ("assertion_id") REFERENCES "public"."assertions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claim_code_sets_newest" ON "claim_code_sets" USING btree ("badge_class_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "discarded_files_due" ON "discarded_files" USING btree ("remove_after");--> statement-breakpoint
CREATE INDEX "evidence_files_request" ON "evidence_files" USING btree ("request_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "evidence_files_one_partial" ON "evidence_files" USING btree ("request_id","slot") WHERE "evidence_files"."state" = 'partial';--> statement-breakpoint
CREATE INDEX "mails_newest" ON "mails" USING btree ("issuer_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "mails_about" ON "mails" USING btree ("about");--> statement-breakpoint
CREATE INDEX "mails_recipient" ON "mails" USING btree ("issuer_id","recipient","created_at");--> statement-breakpoint
CREATE INDEX "mails_queued" ON "mails" USING btree ("created_at") WHERE "mails"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "request_events_request" ON "request_events" USING btree ("request_id","id");--> statement-breakpoint
CREATE INDEX "request_links_request" ON "request_links" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "requests_newest" ON "requests" USING btree ("issuer_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_by_state" ON "requests" USING btree ("issuer_id","state","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_by_badge" ON "requests" USING btree ("issuer_id","badge_class_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_by_badge_state" ON "requests" USING btree ("issuer_id","badge_class_id","state","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_by_structure" ON "requests" USING btree ("issuer_id","structure_key","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "requests"."state" <> 'draft';--> statement-breakpoint
CREATE INDEX "requests_by_structure_state" ON "requests" USING btree ("issuer_id","structure_key","state","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "requests"."state" <> 'draft';--> statement-breakpoint
CREATE INDEX "requests_by_siret" ON "requests" USING btree ("issuer_id","structure_siret","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "requests"."state" <> 'draft';--> statement-breakpoint
CREATE INDEX "requests_by_siret_state" ON "requests" USING btree ("issuer_id","structure_siret","state","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "requests"."state" <> 'draft';--> statement-breakpoint
CREATE INDEX "requests_by_badge_structure" ON "requests" USING btree ("issuer_id","badge_class_id","structure_key","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "requests"."state" <> 'draft';--> statement-breakpoint
CREATE INDEX "requests_by_badge_siret" ON "requests" USING btree ("issuer_id","badge_class_id","structure_siret","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "requests"."state" <> 'draft';--> statement-breakpoint
CREATE INDEX "requests_assigned" ON "requests" USING btree ("issuer_id","assigned_to","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "requests"."assigned_to" is not null;--> statement-breakpoint
CREATE INDEX "requests_by_email" ON "requests" USING btree ("badge_class_id",lower("email"));--> statement-breakpoint
CREATE INDEX "requests_expiring" ON "requests" USING btree ("expires_at") WHERE "requests"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX "requests_evidence_until" ON "requests" USING btree ("evidence_until") WHERE "requests"."evidence_until" is not null;