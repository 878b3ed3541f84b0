CREATE TABLE "claim_collections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"claim_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"protocol" text NOT NULL,
	"format" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer_id" uuid NOT NULL,
	"assertion_id" uuid NOT NULL,
	"binding" text NOT NULL,
	"pin" text,
	"pin_mac" "bytea",
	"pin_attempts" integer DEFAULT 0 NOT NULL,
	"max_collections" integer NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"begun_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawal" text,
	"renewed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "claims_pin" CHECK (("claims"."pin" is null) = ("claims"."pin_mac" is null)),
	CONSTRAINT "claims_withdrawal" CHECK (("claims"."withdrawn_at" is null) = ("claims"."withdrawal" is null))
);
--> statement-breakpoint
CREATE TABLE "oid4vci_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"claim_id" uuid NOT NULL,
	"configuration" text NOT NULL,
	"generation" integer NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"token_expires_at" timestamp (3) with time zone NOT NULL,
	"has_details" boolean NOT NULL,
	"redeemed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "oid4vci_grants_token" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "oid4vci_notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"grant_id" uuid NOT NULL,
	"event" text,
	"description" text,
	"at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "oid4vci_used_nonces" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "renderings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assertion_id" uuid NOT NULL,
	"format" text NOT NULL,
	"subject" text NOT NULL,
	"status_list_id" uuid NOT NULL,
	"status_index" integer NOT NULL,
	"body" text NOT NULL,
	"served" integer NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "assertions" ADD COLUMN "tell_in" text;--> statement-breakpoint
ALTER TABLE "assertions" ADD COLUMN "told_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "notify" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_collections" ADD CONSTRAINT "claim_collections_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_assertion_id_assertions_id_fk" FOREIGN KEY ("assertion_id") REFERENCES "public"."assertions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oid4vci_grants" ADD CONSTRAINT "oid4vci_grants_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oid4vci_notifications" ADD CONSTRAINT "oid4vci_notifications_grant_id_oid4vci_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."oid4vci_grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renderings" ADD CONSTRAINT "renderings_assertion_id_assertions_id_fk" FOREIGN KEY ("assertion_id") REFERENCES "public"."assertions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renderings" ADD CONSTRAINT "renderings_status_list_id_status_lists_id_fk" FOREIGN KEY ("status_list_id") REFERENCES "public"."status_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claim_collections_claim" ON "claim_collections" USING btree ("claim_id","at");--> statement-breakpoint
CREATE INDEX "claims_assertion" ON "claims" USING btree ("assertion_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "oid4vci_grants_code" ON "oid4vci_grants" USING btree ("claim_id","configuration","generation");--> statement-breakpoint
CREATE INDEX "oid4vci_used_nonces_expiry" ON "oid4vci_used_nonces" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "renderings_once" ON "renderings" USING btree ("assertion_id","format","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "renderings_status_index" ON "renderings" USING btree ("status_list_id","status_index");--> statement-breakpoint
CREATE INDEX "assertions_to_tell" ON "assertions" USING btree ("created_at") WHERE "assertions"."tell_in" is not null and "assertions"."told_at" is null;--> statement-breakpoint
UPDATE "assertions" SET "tell_in" = 'fr', "told_at" = "created_at" WHERE "notified";--> statement-breakpoint
ALTER TABLE "assertions" DROP COLUMN "notified";