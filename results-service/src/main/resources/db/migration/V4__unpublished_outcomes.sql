-- Final trials whose outcome is not known to be on its topic: few, and gone again soon. A column of the trial would have
-- the whole row and all its index entries written once more when its outcome is published.
create table unpublished_outcome (
    trial_id text primary key
);
insert into unpublished_outcome (trial_id)
select trial_id from trial where recorded_at is not null and published_version < version;

drop index trial_unpublished;
alter table trial drop column published_version;
