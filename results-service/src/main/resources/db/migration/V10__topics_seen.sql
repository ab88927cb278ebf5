-- Kafka's ids of the topics that were read: a topic that was deleted and made anew has another one.
create table kafka_topic (
    topic    text primary key,
    topic_id text not null
);

-- What was noticed to be missing from the topics.
create table topic_loss (
    loss_id    bigint      generated always as identity primary key,
    topic      text        not null,
    partition  int,
    kind       text        not null,
    records    bigint      not null,
    noticed_at timestamptz not null
);

-- The topics do not have the study: it can be read, exported and deleted, and nothing else.
alter table study
    add column orphaned boolean not null default false;
