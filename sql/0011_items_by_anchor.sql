-- A superseded item keeps the anchor it had: where its line is brought back, or was never gone for a node that had not heard of it, it is the same item.

create index items_superseded_by_anchor on items (project_id, anchor) where status = 'superseded';
