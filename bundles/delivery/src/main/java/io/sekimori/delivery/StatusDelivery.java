package io.sekimori.delivery;

import io.sekimori.connection.Allowance;
import io.sekimori.connection.Application;
import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Method;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Notification.Importance;
import io.sekimori.connection.Outbox;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.status.CertificateEnd;
import io.sekimori.status.StatusException;
import io.sekimori.status.StatusListener;
import io.sekimori.status.StatusService;
import io.sekimori.status.StatusSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * The application {@value #APPLICATION}: brings each signed status to the console, and one that the console asks for. A
 * status lies on the disk until the outbox has it, and in the outbox until the broker has it; while both are away the newest
 * {@value PendingReports#KEPT} are kept. Adds to the status when this gateway's certificates end. Thread-safe.
 */
@Component(
        service = {Application.class, StatusListener.class, StatusSource.class},
        property = Application.ID + "=" + StatusDelivery.APPLICATION)
public final class StatusDelivery implements Application, StatusListener, StatusSource {

    static final String APPLICATION = "STATUS-V1";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Outbox outbox;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Identity identity;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable StatusService status;

    private volatile @Nullable Outbox outboxAtEnd;
    private volatile @Nullable Identity identityAtEnd;
    private volatile @Nullable StatusService statusAtEnd;

    private final PendingReports pending;
    private final Allowance answers = Numbers.allowance(System::nanoTime);
    private final Logger log;

    /** Called by Declarative Services. */
    @Activate
    public StatusDelivery(
            @Reference RunningGeneration generation, @Reference(service = LoggerFactory.class) Logger log) {
        this.pending = new PendingReports(
                generation.unit().resolve("data").resolve(Settings.PID).resolve("statuses"));
        this.log = log;
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        outboxAtEnd = outbox;
        identityAtEnd = identity;
        statusAtEnd = status;
    }

    @Override
    public void reported(byte[] signed) {
        Identity who = Lasting.of(identity, identityAtEnd);
        if (who == null || who.enrolled().isEmpty()) {
            return; // there is nobody to tell; after enrolment the next one says the same
        }
        try {
            pending.add(signed);
            bring();
        } catch (IOException e) {
            log.warn("A status could not be kept or handed over; the next one follows: {}", e.getMessage());
        }
    }

    /** {@code GET/status}: a new one, with the nonce of the one who asks. */
    @Override
    public Reply handle(Request request) {
        if (request.method() != Method.GET || !request.path().equals("status")) {
            return Reply.refused(404, DeliveryCode.RESOURCE_UNKNOWN.name(), request.method() + "/" + request.path());
        }
        Object nonce = request.metrics().getOrDefault("nonce", "");
        if (!(nonce instanceof String text) || !text.matches("[A-Za-z0-9_-]{0,64}")) {
            return Reply.refused(400, DeliveryCode.NONCE_MALFORMED.name(), "a nonce has 0 to 64 of A-Z a-z 0-9 _ -");
        }
        StatusService current = Lasting.of(status, statusAtEnd);
        if (current == null) {
            return Reply.refused(503, DeliveryCode.STATUS_ABSENT.name(), "the status is being replaced");
        }
        if (!answers.take()) {
            return Numbers.tooMany();
        }
        try {
            return new Reply(200, Map.of(), current.signed(text));
        } catch (StatusException e) {
            return Reply.refused(500, e.code().name(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Contribution contribute() {
        Identity who = Lasting.of(identity, identityAtEnd);
        List<CertificateEnd> ends = who == null
                ? List.of()
                : who.enrolled().map(Enrolled::chain).orElse(List.of()).stream()
                        .map(one -> new CertificateEnd(
                                one.getSubjectX500Principal().getName(),
                                one.getNotAfter().toInstant()))
                        .toList();
        return new Contribution(List.of(), ends);
    }

    private void bring() throws IOException {
        Outbox current = Lasting.of(outbox, outboxAtEnd);
        if (current == null) {
            throw new IOException("the connection is being replaced");
        }
        pending.drain(signed -> {
            try {
                current.send(new Notification(
                        Notification.CONSOLE, APPLICATION, "status", Importance.PROGRESS, Map.of(), signed));
            } catch (ConnectionException e) {
                throw new IOException(e.getMessage(), e);
            }
        });
    }
}
