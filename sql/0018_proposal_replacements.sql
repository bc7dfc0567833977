-- What a proposal is called among the items, and which item it would take the place of.

alter table interview_proposals add column key text;
-- No foreign key: an item that is gone is simply not replaced.
alter table interview_proposals add column replaces uuid;
