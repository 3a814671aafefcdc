package io.sekimori.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.notices.Settings.Security;
import io.sekimori.notices.kit.Certificates;
import io.sekimori.notices.kit.MailServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails, to a mail server of Debian. */
class MailerTest {

    private static final Notice NOTICE = new Notice(
            "n-" + "a".repeat(32),
            Kind.WAITS_FOR_PERSON,
            Instant.parse("2026-11-22T12:00:00Z"),
            2,
            List.of(
                    new Fact(Kind.WAITS_FOR_PERSON, "1", "g-1 SN\r\nBcc: evil@example.org", "INSTALL_BY_HAND"),
                    new Fact(Kind.WAITS_FOR_PERSON, "2", "g-2 関守\u202e", "\r\n.\r\nMAIL FROM:<evil@example.org>")));

    @TempDir
    private static Path folder;

    private static Certificates files;

    @BeforeAll
    static void make() throws Exception {
        files = Certificates.in(folder);
    }

    private static Mailer mailer(String host, int port, Security security, Optional<Path> password) throws IOException {
        Settings.Mail settings = new Settings.Mail(
                host,
                port,
                security,
                password.isPresent() ? "console" : "",
                password,
                "console@example.com",
                List.of("ops@example.com"));
        return new Mailer(settings, Locale.JAPANESE, Trust.of(Optional.of(files.certificate())), Clock.systemUTC());
    }

    @Test
    void aMailArrivesOverStarttlsSignedInAndAsItWasWritten() throws Exception {
        try (MailServer server = MailServer.begin(files, "starttls")) {
            mailer("localhost", server.port(), Security.STARTTLS, Optional.of(folder.resolve("secret")))
                    .tell(NOTICE, "ops@example.com");

            String mail = server.mail(1);
            assertThat(mail)
                    .startsWith("FROM console@example.com\nTO ops@example.com\nAS console\nTLS True\n")
                    .contains("Message-ID: <" + NOTICE.id() + "@example.com>\r\n", "Auto-Submitted: auto-generated");
            String head = mail.substring(0, mail.indexOf("\r\n\r\n"));
            assertThat(head).doesNotContain("evil", "Bcc").contains("Subject: =?utf-8?B?");
            String body = MailServer.body(mail);
            assertThat(body)
                    .contains("人の対応を待っている", "g-1 SN??Bcc: evil@example.org", "g-2 関守?", "INSTALL_BY_HAND")
                    .contains("??.??MAIL FROM");
        }
    }

    @Test
    void whoIsNotVouchedForOrHasAnotherNameIsTrustedWithNothing() throws Exception {
        try (MailServer server = MailServer.begin(files, "starttls")) {
            Mailer other = mailer("127.0.0.1", server.port(), Security.STARTTLS, Optional.of(folder.resolve("secret")));
            assertThatExceptionOfType(SSLException.class).isThrownBy(() -> other.tell(NOTICE, "ops@example.com"));

            Settings.Mail settings = new Settings.Mail(
                    "localhost",
                    server.port(),
                    Security.STARTTLS,
                    "console",
                    Optional.of(folder.resolve("secret")),
                    "console@example.com",
                    List.of());
            Mailer unknown = new Mailer(settings, Locale.ENGLISH, Trust.of(Optional.empty()), Clock.systemUTC());
            assertThatExceptionOfType(SSLException.class).isThrownBy(() -> unknown.tell(NOTICE, "ops@example.com"));
            assertThat(server.mails()).isEmptyDirectory();
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownRecipientAreSaidSo() throws Exception {
        Path wrong = files.secret("wrong", "let me in");
        Path open = Files.writeString(folder.resolve("open"), Certificates.SECRET);
        try (MailServer server = MailServer.begin(files, "tls")) {
            mailer("localhost", server.port(), Security.TLS, Optional.of(folder.resolve("secret")))
                    .tell(NOTICE.brief(), "ops@example.com");
            assertThat(server.mail(1)).contains("AS console");

            refused("535", mailer("localhost", server.port(), Security.TLS, Optional.of(wrong)), "ops@example.com");
            refused("open to others", mailer("localhost", server.port(), Security.TLS, Optional.of(open)), "a@b.c");
            refused(
                    "550 no such user",
                    mailer("localhost", server.port(), Security.TLS, Optional.of(folder.resolve("secret"))),
                    "nobody@example.com");
        }
    }

    @Test
    void aServerWithoutTlsGetsNothingUnlessItIsThisMachineAndLocalIsWanted() throws Exception {
        try (MailServer server = MailServer.begin(files, "local")) {
            refused(
                    "offers no STARTTLS",
                    mailer("localhost", server.port(), Security.STARTTLS, Optional.of(folder.resolve("secret"))),
                    "ops@example.com");
            mailer("127.0.0.1", server.port(), Security.LOCAL, Optional.empty()).tell(NOTICE, "ops@example.com");
            assertThat(server.mail(1)).contains("TLS False", "AS None");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mailer("mail.example.com", 25, Security.LOCAL, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mailer("127.0.0.1", 25, Security.LOCAL, Optional.of(folder.resolve("secret"))));
    }

    /** What somebody says in the name of the server before TLS begins would be taken for its own. */
    @Test
    void aServerThatSaysMoreBeforeTlsOrSomethingElseIsLeft() throws Exception {
        assertThat(saidBy("220 x\r\n250 STARTTLS\r\n220 go\r\n250 and more\r\n"))
                .startsWith("NOTICE_UNTRUSTED")
                .contains("before TLS began");
        assertThat(saidBy("HTTP/1.1 400 Bad Request\r\n"))
                .startsWith("NOTICE_GARBLED")
                .contains("does not speak SMTP");
        assertThat(saidBy("220 x\r\n" + "250-y\r\n".repeat(200)))
                .startsWith("NOTICE_GARBLED")
                .contains("too much");
        assertThat(saidBy("2".repeat(10_000))).contains("has no end");
        assertThat(saidBy("220 x\r\n")).startsWith("NOTICE_UNREACHED").contains("middle of a line");
    }

    private static String saidBy(String words) throws Exception {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> {
                try (Socket socket = door.accept()) {
                    socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    return; // it was left
                }
            });
            Mailer mailer = mailer("localhost", door.getLocalPort(), Security.STARTTLS, Optional.empty());
            try {
                mailer.tell(NOTICE, "ops@example.com");
                return "";
            } catch (IOException e) {
                return NotToldException.code(e) + " " + e.getMessage();
            } finally {
                server.join();
            }
        }
    }

    private static void refused(String why, Mailer mailer, String address) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> mailer.tell(NOTICE, address))
                .withMessageContaining(why);
    }
}
