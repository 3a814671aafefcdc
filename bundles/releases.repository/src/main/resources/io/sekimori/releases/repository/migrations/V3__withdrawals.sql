-- What people took back of what they approved, as signed. Times are seconds since 1970; expires is when no approval is in
-- time any more that it could take back.
create table releases_withdrawal (
    id varchar(64) not null primary key,
    content varchar(64) not null,
    expires bigint not null,
    received bigint not null,
    actor varchar(300) not null,
    document varchar(1000000) not null
);
create index releases_withdrawal_content on releases_withdrawal (content, expires);
