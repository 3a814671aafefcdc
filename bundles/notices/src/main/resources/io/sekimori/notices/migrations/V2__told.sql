-- Why somebody was not told, by a stable code, and when it was tried last, in milliseconds since 1970; 0 if it was not yet.
alter table notices_due add column code varchar(40) default '' not null;
alter table notices_due add column last_at bigint default 0 not null;

-- The page asks for notices by age; nobody asks for facts by theirs.
drop index notices_fact_by_age;
create index notices_notice_by_age on notices_notice (begun_at, id);
