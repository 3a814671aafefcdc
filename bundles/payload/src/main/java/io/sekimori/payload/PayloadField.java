package io.sekimori.payload;

/** Field numbers of {@code KuraPayload}. */
final class PayloadField {

    static final int TIMESTAMP = 1;
    static final int POSITION = 2;
    static final int METRIC = 5000;
    static final int BODY = 5001;

    private PayloadField() {}
}
