package io.sekimori.audit.chain;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads one line of the chain. Accepts exactly what {@link ChainLine#write} makes: what was read is written again and
 * compared, so no second form of a line can pass. Confined to one call.
 */
final class LineParser {

    /** What a line turned out to be. */
    sealed interface Parsed {

        record Good(ChainLine line) implements Parsed {}

        record Bad(AuditCode code, String detail) implements Parsed {}
    }

    /** The line is not of the form; never leaves this class. */
    private static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    private final String text;
    private int at;

    private LineParser(String text) {
        this.text = text;
    }

    /** Reads {@code line}, which is without its line feed. Never throws. */
    static Parsed parse(byte[] line) {
        ChainLine read;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            read = new LineParser(text).line();
        } catch (CharacterCodingException e) {
            return new Parsed.Bad(AuditCode.AUDIT_LINE_MALFORMED, "not UTF-8");
        } catch (Malformed | IllegalArgumentException | DateTimeException e) {
            return new Parsed.Bad(AuditCode.AUDIT_LINE_MALFORMED, String.valueOf(e.getMessage()));
        }
        ByteArrayOutputStream again = new ByteArrayOutputStream(line.length + 1);
        Tail tail = ChainLine.write(again, Tail.before(read), read.batch(), read.at(), ChainLine.body(read.entry()));
        if (!tail.hash().equals(read.hash())) {
            return new Parsed.Bad(AuditCode.AUDIT_HASH_WRONG, "the hash does not fit line " + read.sequence());
        }
        byte[] bytes = again.toByteArray();
        if (!Arrays.equals(bytes, 0, bytes.length - 1, line, 0, line.length)) {
            return new Parsed.Bad(AuditCode.AUDIT_LINE_MALFORMED, "not in the one form of a line");
        }
        return new Parsed.Good(read);
    }

    private ChainLine line() throws Malformed {
        expect("{\"seq\":");
        long sequence = number();
        expect(",\"batch\":");
        long batch = number();
        expect(",\"at\":");
        Instant instant = Instant.parse(string());
        expect(",\"actor\":");
        String actor = string();
        expect(",\"action\":");
        String action = string();
        expect(",\"subject\":");
        String subject = string();
        expect(",\"verdict\":");
        Verdict verdict = Verdict.valueOf(string());
        expect(",\"reason\":");
        String reason = string();
        expect(",\"detail\":{");
        Map<String, String> detail = detail();
        expect(",\"prev\":");
        String previous = hex();
        expect(",\"hash\":");
        String hash = hex();
        expect("}");
        if (at != text.length() || batch > sequence) {
            throw new Malformed("not the end of a line at character " + at);
        }
        AuditEntry entry = new AuditEntry(actor, action, subject, verdict, reason, detail);
        return new ChainLine(sequence, batch, instant, entry, previous, hash);
    }

    private Map<String, String> detail() throws Malformed {
        Map<String, String> detail = new HashMap<>();
        if (skip("}")) {
            return detail;
        }
        do {
            String key = string();
            expect(":");
            detail.put(key, string());
        } while (skip(",") && detail.size() <= AuditEntry.MAX_DETAILS);
        expect("}");
        return detail;
    }

    private long number() throws Malformed {
        int start = at;
        while (at < text.length() && at - start < 18 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || text.charAt(start) == '0') {
            throw new Malformed("no number at character " + start);
        }
        return Long.parseLong(text, start, at, 10);
    }

    private String hex() throws Malformed {
        String value = string();
        if (value.length() != 64 || !value.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new Malformed("no hash in front of character " + at);
        }
        return value;
    }

    private String string() throws Malformed {
        expect("\"");
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() throws Malformed {
        char c = next();
        if (c != 'u') {
            return c; // other escapes than of quote and backslash fail when the line is compared
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw new Malformed("no escape in front of character " + at);
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private char next() throws Malformed {
        if (at >= text.length()) {
            throw new Malformed("cut off");
        }
        return text.charAt(at++);
    }

    private boolean skip(String expected) {
        boolean there = text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    private void expect(String expected) throws Malformed {
        if (!skip(expected)) {
            throw new Malformed("no " + expected + " at character " + at);
        }
    }
}
