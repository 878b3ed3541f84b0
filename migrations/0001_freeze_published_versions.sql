-- A published version of a badge class is what credentials refer to: nothing may change or remove it.
CREATE FUNCTION refuse_change_of_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'version % of badge class % is published and frozen', OLD.version, OLD.badge_class_id;
END $$;
--> statement-breakpoint
CREATE TRIGGER badge_class_versions_frozen
  BEFORE UPDATE OR DELETE ON badge_class_versions
  FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
  EXECUTE FUNCTION refuse_change_of_published_version();
