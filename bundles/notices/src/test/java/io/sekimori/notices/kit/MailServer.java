package io.sekimori.notices.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A mail server of Debian's (aiosmtpd) at "localhost", which takes mails of "console", signed in over TLS, for everybody but
 * {@code nobody@…}. Ended when it is closed.
 *
 * @param mails where they are, {@code 1.eml} and so on
 */
public record MailServer(Process process, int port, Path mails) implements AutoCloseable {

    /** Begins one in that way: "starttls", "tls", or "local" without. */
    public static MailServer begin(Certificates files, String way) throws IOException {
        Path mails = Files.createTempDirectory(files.folder(), "mails");
        Path script = files.folder().resolve("mailserver.py");
        if (!Files.exists(script)) {
            try (InputStream in = MailServer.class.getResourceAsStream("mailserver.py")) {
                Files.copy(in, script);
            }
        }
        Process process = new ProcessBuilder(
                        "/usr/bin/python3",
                        script.toString(),
                        files.certificate().toString(),
                        files.key().toString(),
                        mails.toString(),
                        way)
                .redirectError(
                        files.folder().resolve("mailserver-" + way + ".log").toFile())
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new MailServer(process, Integer.parseInt(said.readLine()), mails);
    }

    /** One mail, with who sent it to whom before it. */
    public String mail(int number) throws IOException {
        return Files.readString(mails.resolve(number + ".eml"));
    }

    /** What is written in all that came: the body alone, decoded. */
    public List<String> bodies() throws IOException {
        List<String> bodies = new ArrayList<>();
        for (int i = 1; Files.exists(mails.resolve(i + ".eml")); i++) {
            bodies.add(body(mail(i)));
        }
        return bodies;
    }

    /** The body of a mail, decoded. */
    public static String body(String mail) {
        return new String(
                Base64.getMimeDecoder().decode(mail.substring(mail.indexOf("\r\n\r\n"))), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
