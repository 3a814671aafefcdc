-- What was told of together. Times are milliseconds since 1970.
create table notices_notice (
    id varchar(34) not null primary key,
    kind varchar(30) not null,
    begun_at bigint not null,
    ready_at bigint not null,
    handed_out boolean not null
);
create index notices_notice_ready on notices_notice (handed_out, ready_at);

-- Each fact once, with the notice that tells of it.
create table notices_fact (
    fact varchar(200) not null primary key,
    notice_id varchar(34) not null references notices_notice (id),
    place integer not null,
    subject varchar(200) not null,
    detail varchar(400) not null,
    seen_at bigint not null
);
create index notices_fact_by_notice on notices_fact (notice_id, place);
create index notices_fact_by_age on notices_fact (seen_at);

-- Whom each notice is for, and whether they have it.
create table notices_due (
    notice_id varchar(34) not null references notices_notice (id),
    recipient varchar(500) not null,
    tries integer not null,
    next_at bigint not null,
    state varchar(10) not null,
    problem varchar(300) not null,
    primary key (notice_id, recipient)
);
create index notices_due_next on notices_due (state, next_at);

-- Since when somebody is to be told; one row.
create table notices_since (
    since bigint not null primary key
);
