-- Decisions whose edit of the text is under way, or was never made since its node died: few at any time, and looked for every few seconds.

update conflicts set deciding_until = null where deciding_until is not null and deciding_until < now();
create index conflicts_deciding on conflicts (project_id, deciding_until) where deciding_until is not null;
