-- A sum beside each row of what stands in it (`store/sums.rs`), which is not part of what it is of. A row of an older shape gets its
-- own when the steps are taken; so does one whose sum a later step takes away (NULL) because it changes the columns.
ALTER TABLE cases ADD COLUMN sum INTEGER;
ALTER TABLE meetings ADD COLUMN sum INTEGER;
ALTER TABLE progress ADD COLUMN sum INTEGER;
ALTER TABLE participants ADD COLUMN sum INTEGER;
ALTER TABLE nodes ADD COLUMN sum INTEGER;
ALTER TABLE links ADD COLUMN sum INTEGER;
ALTER TABLE actions ADD COLUMN sum INTEGER;
ALTER TABLE regional_issues ADD COLUMN sum INTEGER;
ALTER TABLE escalations ADD COLUMN sum INTEGER;
ALTER TABLE evidence ADD COLUMN sum INTEGER;
ALTER TABLE reflections ADD COLUMN sum INTEGER;
ALTER TABLE slots ADD COLUMN sum INTEGER;
ALTER TABLE passages ADD COLUMN sum INTEGER;
ALTER TABLE removed ADD COLUMN sum INTEGER;
ALTER TABLE conflicts ADD COLUMN sum INTEGER;
ALTER TABLE journal ADD COLUMN sum INTEGER;
ALTER TABLE bookmark ADD COLUMN sum INTEGER;
