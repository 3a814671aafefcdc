package io.sekimori.notices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Hands mails to the configured server, each in a conversation of its own that ends after a minute. The server's certificate
 * must have its name. Thread-safe.
 */
final class Mailer implements Medium {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration WHOLE = Duration.ofSeconds(60);

    private final Settings.Mail settings;
    private final Locale language;
    private final Trust trust;
    private final Clock clock;

    Mailer(Settings.Mail settings, Locale language, Trust trust, Clock clock) {
        this.settings = settings;
        this.language = language;
        this.trust = trust;
        this.clock = clock;
    }

    @Override
    public void tell(Notice notice, String address) throws IOException {
        byte[] message = MailText.of(notice, settings.from(), address, language, clock.instant());
        try (Socket plain = new Socket()) {
            CompletableFuture<Void> alarm = CompletableFuture.runAsync(
                    () -> quietlyClosed(plain),
                    CompletableFuture.delayedExecutor(WHOLE.toMillis(), TimeUnit.MILLISECONDS));
            try {
                plain.connect(new InetSocketAddress(settings.host(), settings.port()), (int) PATIENCE.toMillis());
                plain.setSoTimeout((int) PATIENCE.toMillis());
                send(plain, address, message);
            } finally {
                alarm.cancel(false);
            }
        }
    }

    private void send(Socket plain, String address, byte[] message) throws IOException {
        try (SmtpSession session =
                new SmtpSession(settings.security() == Settings.Security.TLS ? protectedBy(plain) : plain)) {
            session.greet();
            if (settings.security() == Settings.Security.STARTTLS) {
                session.startTls(this::protectedBy);
            }
            signIn(session);
            session.send(settings.from(), address, message);
        }
    }

    private void signIn(SmtpSession session) throws IOException {
        if (settings.password().isEmpty()) {
            return;
        }
        byte[] password = SecretFile.read(settings.password().get());
        try {
            session.signIn(settings.user(), password);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private Socket protectedBy(Socket plain) throws IOException {
        SSLSocket secure = (SSLSocket)
                trust.context().getSocketFactory().createSocket(plain, settings.host(), settings.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private static void quietlyClosed(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nobody looks: who reads gets an exception of its own
        }
    }
}
