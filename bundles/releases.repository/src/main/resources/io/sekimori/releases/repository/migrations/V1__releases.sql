-- The metadata of both repositories as signed, by the names that gateways ask for.
create table releases_metadata (
    repository varchar(10) not null,
    name varchar(60) not null,
    content text not null,
    primary key (repository, name)
);

-- The newest assignment of each device. Times are seconds since 1970; running is the version its last report showed.
create table releases_assignment (
    device varchar(64) not null primary key,
    version bigint not null,
    issued bigint not null,
    expires bigint not null,
    running bigint not null,
    document varchar(1000000) not null
);
