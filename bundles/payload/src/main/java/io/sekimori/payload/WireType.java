package io.sekimori.payload;

/** How a protobuf field is laid out. The number on the wire is the ordinal. */
enum WireType {
    VARINT,
    FIXED64,
    LENGTH,
    GROUP_START,
    GROUP_END,
    FIXED32
}
