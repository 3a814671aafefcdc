package io.sekimori.notices;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * One conversation with a mail server (RFC 5321), which sends one message. What the server says is bounded. Confined to one
 * thread, but for {@link #close()}.
 */
final class SmtpSession implements Closeable {

    private static final int MOST_LINES = 100;
    private static final int LONGEST_LINE = 2_000;

    private volatile Socket socket;
    private InputStream in;
    private OutputStream out;
    private List<String> offered = List.of();

    /** @param socket connected, with a limit for reading */
    SmtpSession(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** How a socket in the clear becomes one with TLS. */
    @FunctionalInterface
    interface Upgrade {
        Socket of(Socket plain) throws IOException;
    }

    /** The server's greeting, and ours. */
    void greet() throws IOException {
        expect(220, "the greeting");
        hello();
    }

    private void hello() throws IOException {
        // The name is nobody's: it would tell the server of the machine and serves nothing (RFC 5321, 4.1.4).
        offered = ask("EHLO [127.0.0.1]", 250).stream()
                .map(line -> line.toUpperCase(Locale.ROOT))
                .toList();
    }

    /** Goes on with TLS or not at all (RFC 3207). */
    void startTls(Upgrade upgrade) throws IOException {
        if (offered.stream().noneMatch("STARTTLS"::equals)) {
            throw new NotToldException(NoticesCode.NOTICE_UNTRUSTED, "the mail server offers no STARTTLS");
        }
        ask("STARTTLS", 220);
        if (in.available() > 0) {
            // What somebody put in before TLS would pass for the server's word (CVE-2011-0411 and its kind).
            throw new NotToldException(NoticesCode.NOTICE_UNTRUSTED, "the mail server said more before TLS began");
        }
        socket = upgrade.of(socket);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        hello();
    }

    /** Signs in by PLAIN, else by LOGIN (RFC 4954); only where TLS protects it. */
    void signIn(String user, byte[] password) throws IOException {
        List<String> ways = offered.stream()
                .filter(line -> line.startsWith("AUTH "))
                .flatMap(line -> Arrays.stream(line.substring(5).split(" ")))
                .toList();
        if (ways.contains("PLAIN")) {
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            plain.write(0);
            plain.writeBytes(user.getBytes(StandardCharsets.UTF_8));
            plain.write(0);
            plain.writeBytes(password);
            secret("AUTH PLAIN ", plain.toByteArray(), 235);
        } else if (ways.contains("LOGIN")) {
            ask("AUTH LOGIN", 334);
            secret("", user.getBytes(StandardCharsets.UTF_8), 334);
            secret("", password, 235);
        } else {
            throw new NotToldException(
                    NoticesCode.NOTICE_REFUSED, "the mail server offers neither AUTH PLAIN nor LOGIN");
        }
    }

    /** @param message lines ended by CR LF, none of which begins with a dot */
    void send(String from, String to, byte[] message) throws IOException {
        ask("MAIL FROM:<" + from + ">", 250);
        ask("RCPT TO:<" + to + ">", 250);
        ask("DATA", 354);
        out.write(message);
        write("\r\n.");
        expect(250, "the message");
        // It has the message: how it says good-bye changes nothing.
        write("QUIT");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private List<String> ask(String command, int code) throws IOException {
        write(command);
        return expect(code, command.split(" ")[0]);
    }

    private void secret(String command, byte[] value, int code) throws IOException {
        byte[] encoded = Base64.getEncoder().encode(value);
        try {
            out.write(command.getBytes(StandardCharsets.US_ASCII));
            out.write(encoded);
            write("");
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(value, (byte) 0);
        }
        expect(code, "AUTH");
    }

    private void write(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** The lines of an answer, without the code. */
    private List<String> expect(int code, String what) throws IOException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < MOST_LINES) {
            String line = line();
            if (!line.matches("[2-5][0-9]{2}([ -].*)?")) {
                throw new NotToldException(NoticesCode.NOTICE_GARBLED, "the mail server does not speak SMTP");
            }
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() < 4 || line.charAt(3) == ' ') {
                if (!line.startsWith(Integer.toString(code))) {
                    throw new NotToldException(
                            NoticesCode.NOTICE_REFUSED, "the mail server answers to " + what + ": " + line);
                }
                return lines;
            }
        }
        throw new NotToldException(NoticesCode.NOTICE_GARBLED, "the mail server says too much");
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the mail server ended in the middle of a line");
            }
            if (line.size() >= LONGEST_LINE) {
                throw new NotToldException(NoticesCode.NOTICE_GARBLED, "a line of the mail server has no end");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
