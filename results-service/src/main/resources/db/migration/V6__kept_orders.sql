-- Orders of a study's trials by a metric that somebody asked for: kept from then on, since sorting a large study by
-- what is in its JSON takes seconds. An order serves readers once it is complete, which is when all trials up to
-- built_to, and there are no others, have their places.
create table metric_order (
    order_id int     generated always as identity primary key,
    study_id text    not null references study,
    name     text    not null,
    built_to int     not null default -1,
    complete boolean not null default false,
    unique (study_id, name)
);

-- A final trial's place, if it has the metric. It never changes, as final trials do not.
create table metric_place (
    order_id int              not null,
    number   int              not null,
    value    double precision not null,
    primary key (order_id, value, number)
);
