-- Serial numbers are ordered by their characters, on both databases alike.
create unique index fleet_gateway_serial on fleet_gateway (serial);
create index fleet_gateway_by_model on fleet_gateway (model, serial);
create index fleet_gateway_by_life on fleet_gateway (life, serial);
