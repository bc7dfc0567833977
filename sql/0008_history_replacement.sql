-- Whether a document's log is still exactly what somebody has read of it, asked while nobody can add to it.

-- The row of the project is locked first, which appends share, and what follows sees all that was committed until then: a single
-- statement would go by what it saw when it began.
create function document_log_is(wanted_project uuid, wanted_epoch integer, wanted_revision bigint, row_ids bigint[]) returns boolean
language plpgsql volatile
as $$
begin
  perform 1 from projects where id = wanted_project and epoch = wanted_epoch for update;
  if not found then
    return false;
  end if;
  return exists (
    select 1 from document_snapshots
    where project_id = wanted_project and epoch = wanted_epoch and revision = wanted_revision
  ) and not exists (
    select 1 from document_updates
    where project_id = wanted_project and epoch = wanted_epoch and id <> all (row_ids)
  );
end
$$;
