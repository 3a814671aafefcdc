package io.sekimori.payload;

import java.util.Optional;

/** What a metric can hold: enum {@code ValueType}. The number on the wire is the ordinal; add, never move. */
enum ValueType {
    DOUBLE(Double.class, 3),
    FLOAT(Float.class, 4),
    INT64(Long.class, 5),
    INT32(Integer.class, 6),
    BOOL(Boolean.class, 7),
    STRING(String.class, 8),
    BYTES(byte[].class, 9);

    private final Class<?> type;
    private final int field;

    ValueType(Class<?> type, int field) {
        this.type = type;
        this.field = field;
    }

    /** The field of {@code KuraMetric} that holds such a value. */
    int field() {
        return field;
    }

    static Optional<ValueType> of(Object value) {
        for (ValueType candidate : values()) {
            if (candidate.type.isInstance(value)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    static Optional<ValueType> numbered(int number) {
        return number >= 0 && number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }

    /** What a value that was not sent is: the default of proto2. */
    Object absent() {
        return switch (this) {
            case DOUBLE -> 0.0;
            case FLOAT -> 0.0f;
            case INT64 -> 0L;
            case INT32 -> 0;
            case BOOL -> false;
            case STRING -> "";
            case BYTES -> new byte[0];
        };
    }
}
