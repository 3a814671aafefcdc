package io.sekimori.records.backup;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a table holds, told so that two tables can be compared whatever order their databases have.
 *
 * @param rows how many
 * @param sum the SHA-256 of each row, added up modulo 2 to the 256, 64 hex digits
 */
public record TableFacts(long rows, String sum) {

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    /** Counts rows. Confined to one thread. */
    static final class Counter {

        private final MessageDigest sha256;
        private BigInteger sum = BigInteger.ZERO;
        private long rows;

        Counter() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has SHA-256", e);
            }
        }

        void add(byte[] row) {
            rows++;
            sum = sum.add(new BigInteger(1, sha256.digest(row))).mod(MODULUS);
        }

        TableFacts facts() {
            return new TableFacts(rows, String.format("%064x", sum));
        }
    }
}
