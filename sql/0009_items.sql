-- The items of each spec: what they say, under an id for life and a number that is never given twice.

-- What was analysed last. Every write names the revision it was made from, so that of two nodes one succeeds and the other looks again.
create table item_heads (
  project_id uuid not null primary key references projects (id) on delete cascade,
  epoch integer not null,
  revision bigint not null,
  last_number integer not null,
  -- The text that the items are of: the Yjs state vector and the length in UTF-16 units. Null while a large analysis is being written.
  state_vector bytea,
  text_units integer
);

create table items (
  id uuid not null primary key,
  project_id uuid not null references projects (id) on delete cascade,
  number integer not null,
  -- The revision of the head with which the row was written last.
  revision bigint not null,
  status text not null check (status in ('current', 'superseded')),
  -- No foreign key: rows are written in parts, and the successor may come in a later one.
  superseded_by uuid,
  external_id text,
  category text not null,
  key text not null,
  text text not null,
  modality text not null,
  source text not null check (source in ('typed', 'interview', 'inferred', 'import', 'generated')),
  confidence double precision not null check (confidence between 0 and 1),
  -- Who brought it into the text, where known. No foreign key: an item outlives its author's account.
  author_id text,
  message_id text,
  -- A Yjs relative position in the epoch of the head; null once superseded.
  anchor bytea,
  created_at timestamptz(3) not null default now(),
  -- When its words changed last.
  updated_at timestamptz(3) not null default now(),
  unique (project_id, number)
);

create index items_by_revision on items (project_id, revision);
create index items_superseded_by_text on items (project_id, md5(text)) where status = 'superseded';
