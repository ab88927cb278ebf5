-- Where reading stands. Rows and positions change in the same transaction, so a crash neither loses nor doubles a record.
create table kafka_cluster (
    only_row   boolean     primary key default true check (only_row),
    cluster_id text
);
insert into kafka_cluster (cluster_id) values (null);

create table consumed_offset (
    topic       text   not null,
    partition   int    not null,
    next_offset bigint not null,
    primary key (topic, partition)
);

-- The counters repeat what the trials say, so that a list of studies costs the same at a million trials.
create table study (
    study_id         text        primary key,
    name             text        not null,
    state            text        not null,
    reason_code      text,
    reason_text      text,
    objective_metric text        not null,
    maximize         boolean     not null,
    spec             text        not null,
    revision         bigint      not null,
    created_at       timestamptz not null,
    evidence_count   bigint      not null default 0,
    best_number      int,
    best_objective   double precision,
    queued           int         not null default 0,
    running          int         not null default 0,
    completed        int         not null default 0,
    pruned           int         not null default 0,
    infeasible       int         not null default 0,
    failed           int         not null default 0,
    cancelled        int         not null default 0
);
create index study_by_age on study (created_at desc, study_id desc);
create index study_by_name on study (name, created_at desc);

create table trial (
    trial_id           text        primary key,
    study_id           text        not null references study,
    number             int         not null,
    state              text        not null,
    origin             text        not null,
    dispatch           int         not null,
    sampler            text        not null,
    evidence_watermark bigint      not null,
    configuration      jsonb       not null,
    assignment         jsonb       not null,
    configuration_hash text        not null,
    proposed_at        timestamptz not null,
    run_id             text,
    run_dispatch       int         not null default 0,
    trainer_id         text,
    started_at         timestamptz,
    finished_at        timestamptz,
    epochs             int         not null default 0,
    best_epoch         int         not null default 0,
    objective          double precision,
    loss               double precision,
    best_metrics       jsonb,
    end_metrics        jsonb,
    training_millis    bigint,
    reason_code        text,
    reason_text        text,
    command_id         text,
    duplicate_reports  int         not null default 0,
    evidence_number    bigint,
    recorded_at        timestamptz,
    version            bigint      not null,
    published_version  bigint      not null default 0,
    unique (study_id, number),
    unique (study_id, evidence_number)
);
-- loss is the objective turned so that less is better; of equals the earlier trial leads.
create index trial_leaderboard on trial (study_id, loss, number) where state = 'COMPLETED';
-- A final trial has recorded_at; it waits here until its outcome is on the topic.
create index trial_unpublished on trial (study_id, number) where recorded_at is not null and published_version < version;

create table run (
    run_id          text primary key,
    trial_id        text not null references trial,
    dispatch        int  not null,
    trainer_id      text not null,
    state           text not null,
    engine          text,
    device          text,
    delivery_count  int,
    total_epochs    int,
    last_epoch      int  not null default 0,
    blueprint       text,
    resumed_run_id  text,
    resumed_epoch   int,
    started_at      timestamptz,
    ended_at        timestamptz,
    outcome         text,
    reason_code     text,
    reason_text     text
);
create index run_by_trial on run (trial_id, dispatch);

-- Epochs may arrive before the report that announces their run, hence no reference to it.
create table epoch (
    run_id          text        not null,
    epoch           int         not null,
    trial_id        text        not null references trial,
    metrics         jsonb       not null,
    duration_millis bigint      not null,
    reason_code     text,
    reason_text     text,
    reported_at     timestamptz not null,
    primary key (run_id, epoch)
);
create index epoch_by_trial on epoch (trial_id);
