CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"key_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_key_hash" UNIQUE("key_hash")
);
--> statement-breakpoint
CREATE TABLE "assertions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer_id" uuid NOT NULL,
	"badge_class_id" uuid NOT NULL,
	"badge_class_version" integer NOT NULL,
	"recipient_type" text NOT NULL,
	"recipient_identity" text NOT NULL,
	"recipient_name" text,
	"duplicate" boolean NOT NULL,
	"awarded_at" timestamp (3) with time zone NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"valid_until" timestamp (3) with time zone,
	"details" jsonb NOT NULL,
	"credential_id" uuid NOT NULL,
	"status_list_id" uuid NOT NULL,
	"status_index" integer NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revocation_reason" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "assertions_credential" UNIQUE("credential_id"),
	CONSTRAINT "assertions_revocation" CHECK (("assertions"."revoked_at" is null) = ("assertions"."revocation_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "badge_class_versions" (
	"badge_class_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"image" text,
	"image_png" text,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "badge_class_versions_badge_class_id_version_pk" PRIMARY KEY("badge_class_id","version")
);
--> statement-breakpoint
CREATE TABLE "badge_classes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer_id" uuid NOT NULL,
	"slug" text,
	"status" text NOT NULL,
	"version" integer NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "badge_classes_status" CHECK ("badge_classes"."status" in ('draft', 'published', 'archived'))
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" uuid NOT NULL,
	"form" text NOT NULL,
	"suite" text NOT NULL,
	"body" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "credentials_id_form_pk" PRIMARY KEY("id","form")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"caller" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"sealed_answer" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_caller_key_pk" PRIMARY KEY("caller","key")
);
--> statement-breakpoint
CREATE TABLE "issuers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"email" text,
	"description" text,
	"language" text,
	"did" text NOT NULL,
	"did_method" text NOT NULL,
	"proof_suite" text NOT NULL,
	"image" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "issuers_slug" UNIQUE("slug"),
	CONSTRAINT "issuers_did" UNIQUE("did"),
	CONSTRAINT "issuers_did_method" CHECK ("issuers"."did_method" in ('web', 'key')),
	CONSTRAINT "issuers_proof_suite" CHECK ("issuers"."proof_suite" in ('eddsa-rdfc-2022', 'Ed25519Signature2020'))
);
--> statement-breakpoint
CREATE TABLE "revoked_entries" (
	"status_list_id" uuid NOT NULL,
	"index" integer NOT NULL,
	CONSTRAINT "revoked_entries_status_list_id_index_pk" PRIMARY KEY("status_list_id","index")
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer_id" uuid,
	"algorithm" text NOT NULL,
	"public_key_multibase" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"sealed_private_jwk" text NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "signing_keys_public_key" UNIQUE("public_key_multibase"),
	CONSTRAINT "signing_keys_retired" CHECK (("signing_keys"."status" = 'retired') = ("signing_keys"."retired_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "status_list_credentials" (
	"status_list_id" uuid PRIMARY KEY NOT NULL,
	"body" text NOT NULL,
	"changes" integer NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "status_lists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"size" integer NOT NULL,
	"allocated" integer DEFAULT 0 NOT NULL,
	"permutation_key" "bytea" NOT NULL,
	"changes" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "status_lists_allocated" CHECK ("status_lists"."allocated" between 0 and "status_lists"."size")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assertions" ADD CONSTRAINT "assertions_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assertions" ADD CONSTRAINT "assertions_status_list_id_status_lists_id_fk" FOREIGN KEY ("status_list_id") REFERENCES "public"."status_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assertions" ADD CONSTRAINT "assertions_badge_class_version" FOREIGN KEY ("badge_class_id","badge_class_version") REFERENCES "public"."badge_class_versions"("badge_class_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "badge_class_versions" ADD CONSTRAINT "badge_class_versions_badge_class_id_badge_classes_id_fk" FOREIGN KEY ("badge_class_id") REFERENCES "public"."badge_classes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "badge_classes" ADD CONSTRAINT "badge_classes_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_id_assertions_credential_id_fk" FOREIGN KEY ("id") REFERENCES "public"."assertions"("credential_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revoked_entries" ADD CONSTRAINT "revoked_entries_status_list_id_status_lists_id_fk" FOREIGN KEY ("status_list_id") REFERENCES "public"."status_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_list_credentials" ADD CONSTRAINT "status_list_credentials_status_list_id_status_lists_id_fk" FOREIGN KEY ("status_list_id") REFERENCES "public"."status_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_lists" ADD CONSTRAINT "status_lists_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_newest" ON "api_keys" USING btree ("issuer_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "assertions_one_per_person" ON "assertions" USING btree ("badge_class_id","recipient_type","recipient_identity") WHERE "assertions"."revoked_at" is null and not "assertions"."duplicate";--> statement-breakpoint
CREATE UNIQUE INDEX "assertions_status_index" ON "assertions" USING btree ("status_list_id","status_index");--> statement-breakpoint
CREATE INDEX "assertions_newest" ON "assertions" USING btree ("issuer_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "assertions_badge_class" ON "assertions" USING btree ("badge_class_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "assertions_recipient" ON "assertions" USING btree ("issuer_id","recipient_identity","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "badge_classes_slug" ON "badge_classes" USING btree ("issuer_id","slug");--> statement-breakpoint
CREATE INDEX "badge_classes_newest" ON "badge_classes" USING btree ("issuer_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "issuers_newest" ON "issuers" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "signing_keys_issuer" ON "signing_keys" USING btree ("issuer_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_one_active" ON "signing_keys" USING btree ("issuer_id","algorithm") WHERE "signing_keys"."status" = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_one_active_of_service" ON "signing_keys" USING btree ("algorithm") WHERE "signing_keys"."status" = 'active' and "signing_keys"."issuer_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "status_lists_ordinal" ON "status_lists" USING btree ("issuer_id","ordinal");