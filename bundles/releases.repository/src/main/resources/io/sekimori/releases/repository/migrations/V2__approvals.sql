-- What people approved, as signed. Times are seconds since 1970; id is the digest of the document.
create table releases_approval (
    id varchar(64) not null primary key,
    content varchar(64) not null,
    expires bigint not null,
    received bigint not null,
    actor varchar(300) not null,
    document varchar(1000000) not null
);
create index releases_approval_content on releases_approval (content, expires);
