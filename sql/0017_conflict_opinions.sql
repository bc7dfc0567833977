-- What a model said about two statements, so that it is asked once, whichever node looks and whenever.

create table conflict_opinions (
  project_id uuid not null references projects (id) on delete cascade,
  -- Of both texts, whichever comes first.
  pair text not null,
  -- `{"clash": null}` when both can hold; null while a node asks.
  opinion jsonb,
  -- Until then nobody else asks.
  asked_until timestamptz not null,
  told_at timestamptz(3),
  primary key (project_id, pair)
);

create index conflict_opinions_by_age on conflict_opinions (told_at);
