-- Which gateways may enrol: the newest activation of each. The code itself is known to nobody here.
create table authority_activation (
    gateway_id varchar(14) not null primary key,
    code_sha256 varchar(64) not null,
    not_after bigint not null, -- seconds since 1970
    serial_number varchar(40) -- the certificate that was made with it, whose key it is bound to
);

create table authority_certificate (
    serial_number varchar(40) not null primary key, -- hex
    gateway_id varchar(14) not null,
    device_key varchar(64) not null, -- SHA-256 of the public key, hex
    not_before bigint not null,
    not_after bigint not null,
    state varchar(16) not null, -- ISSUED, IN_USE, REVOKED
    revoked_at bigint,
    certificate varchar(4000) not null -- DER, base64
);

create index authority_certificate_gateway on authority_certificate (gateway_id, not_before);
create index authority_certificate_revoked on authority_certificate (revoked_at);
