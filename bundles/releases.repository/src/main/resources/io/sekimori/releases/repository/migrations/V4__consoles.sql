-- Which online keys each console on these records has, by their ids. Seen is in seconds since 1970.
create table releases_console (
    id varchar(64) not null primary key,
    name varchar(100) not null,
    key_ids varchar(20000) not null,
    seen bigint not null
);
