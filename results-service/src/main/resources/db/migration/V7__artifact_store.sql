-- The identity of the store that trials' files lie in, once it was seen: another one, or an empty directory in its place,
-- says nothing about what was deleted.
create table artifact_store (
    only_row boolean primary key default true check (only_row),
    identity text    not null
);
