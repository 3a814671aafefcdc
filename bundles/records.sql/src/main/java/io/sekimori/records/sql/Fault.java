package io.sekimori.records.sql;

import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What an {@link SQLException} means, by its SQLSTATE (ISO 9075; PostgreSQL, appendix A; H2's ErrorCode). Stateless. */
final class Fault {

    private static final String H2_IN_USE = "90020";
    private static final String H2_CONCURRENT_UPDATE = "90131";
    private static final String H2_LOCK_TIMEOUT = "HYT00";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    private static final String CONNECTION_REJECTED = "08004";
    private static final int DEEPEST = 8;

    private Fault() {}

    /** Whether another transaction was in the way, so that the same one may succeed when run again. */
    static boolean isContention(SQLException e) {
        String state = state(e);
        return state.equals(SERIALIZATION_FAILURE)
                || state.equals(DEADLOCK)
                || state.equals(H2_LOCK_TIMEOUT)
                || state.equals(H2_CONCURRENT_UPDATE);
    }

    /** Whether the connection is gone, so that nothing is known of what was under way on it. */
    static boolean isBroken(SQLException e) {
        String state = state(e);
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("90067")
                || state.equals("90098")
                || state.equals("90121")
                || e instanceof SQLRecoverableException;
    }

    static RecordsException of(SQLException e) {
        return new RecordsException(code(e), detail(e), e);
    }

    private static RecordsCode code(SQLException e) {
        String state = state(e);
        if (isContention(e)) {
            return RecordsCode.RECORDS_CONTENDED;
        }
        if (state.startsWith("23")) {
            return RecordsCode.RECORDS_RULE_BROKEN;
        }
        if (state.startsWith("28") || state.equals("42501") || state.equals("3D000")) {
            return RecordsCode.RECORDS_DENIED;
        }
        if (state.equals(H2_IN_USE)) {
            return RecordsCode.RECORDS_LOCKED;
        }
        if (isUntrusted(e)) {
            return RecordsCode.RECORDS_UNTRUSTED;
        }
        if (state.equals(CONNECTION_REJECTED)) {
            return RecordsCode.RECORDS_MISCONFIGURED;
        }
        if (isBroken(e) || e instanceof SQLTransientConnectionException) {
            return RecordsCode.RECORDS_UNREACHABLE;
        }
        return RecordsCode.RECORDS_FAILED;
    }

    /** Whether it failed because of who is at the other end, not because nobody is. */
    private static boolean isUntrusted(SQLException e) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The state of the deepest cause that has one: a pool wraps what its driver said. */
    private static String state(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        Throwable cause = e.getCause();
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof SQLException inner && inner.getSQLState() != null) {
                state = inner.getSQLState();
            }
            cause = cause.getCause();
        }
        return state;
    }

    /** The first line: the rest may hold values of records. */
    private static String detail(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("") + " (" + state(e) + ")";
    }
}
