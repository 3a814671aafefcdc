package io.sekimori.control.socket;

import io.sekimori.audit.AuditTrail;
import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.keys.Keys;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.DeferAnswer;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Progress;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateService;
import io.sekimori.update.UpdateSource;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.service.log.Logger;

/** A gateway's side without a framework: an update service that does as it is told, behind the real listener. */
final class FakeGateway implements Services, UpdateService {

    final List<ProgressListener> listeners = new CopyOnWriteArrayList<>();
    final List<Origin> origins = new CopyOnWriteArrayList<>();
    volatile boolean present = true;
    volatile Optional<TransitionReport> report = Optional.empty();
    private final Requests requests = new Requests(
            this,
            new GatewayFacts(
                    silent(BundleContext.class),
                    silent(Admission.class),
                    silent(RunningGeneration.class),
                    this,
                    new HealthFacts(silent(BundleContext.class))));

    Listener listen(Path socket) throws IOException {
        return Listener.open(socket, requests, silent(Logger.class));
    }

    void say(String step) {
        listeners.forEach(listener -> listener.progress(new Progress("t-1", Phase.SWAP, step, 1, 2)));
    }

    void end() {
        TransitionReport end = new TransitionReport(
                "t-1",
                1,
                2,
                7,
                new Origin("a", "local"),
                Instant.EPOCH,
                Instant.EPOCH,
                new Outcome.Confirmed(2),
                Optional.empty(),
                List.of());
        report = Optional.of(end);
        listeners.forEach(listener -> listener.ended(end));
    }

    @Override
    public PlanAnswer preview(Path pack) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PlanAnswer preview(UpdateSource source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PlanAnswer plan(Path pack) {
        return new PlanAnswer.Refused(Reason.of(UpdateCode.DISK_FULL, "by test"));
    }

    @Override
    public PlanAnswer plan(UpdateSource source) {
        throw new UnsupportedOperationException("the socket knows packs only");
    }

    @Override
    public ApplyAnswer apply(Path pack, String assignmentSha256, Origin origin, ProgressListener listener) {
        throw new UnsupportedOperationException("nobody asks that over the socket");
    }

    @Override
    public ApplyAnswer apply(UpdateSource source, Origin origin, ProgressListener listener) {
        throw new UnsupportedOperationException("the socket knows packs only");
    }

    @Override
    public byte[] report(String nonce) {
        throw new UnsupportedOperationException("the socket asks for no report");
    }

    @Override
    public ApplyAnswer apply(Path pack, Origin origin, ProgressListener listener) {
        origins.add(origin);
        listeners.add(listener);
        return new ApplyAnswer.Started("t-1");
    }

    @Override
    public Optional<Reason> hindrance(Origin origin) {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> begins(Origin origin) {
        return Optional.empty();
    }

    @Override
    public DeferAnswer defer(Duration howLong, Origin origin) {
        origins.add(origin);
        return howLong.toHours() > 24
                ? new DeferAnswer.Refused(new Reason("DEFERRAL_TOO_LONG", "by test"))
                : new DeferAnswer.Deferred(Instant.EPOCH.plus(howLong));
    }

    @Override
    public boolean takeBack(UpdateSource source) {
        return false;
    }

    @Override
    public boolean cancel(String id) {
        return id.equals("t-1");
    }

    @Override
    public boolean follow(String id, ProgressListener listener) {
        if (!id.equals("t-1")) {
            return false;
        }
        report.ifPresentOrElse(listener::ended, () -> listeners.add(listener));
        return true;
    }

    @Override
    public Optional<OpenTransition> open() {
        return Optional.empty();
    }

    @Override
    public OptionalInt generation() {
        return OptionalInt.of(1);
    }

    @Override
    public List<TransitionReport> recent() {
        return report.stream().toList();
    }

    @Override
    public Optional<UpdateService> update() {
        return present ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Optional<AuditTrail> audit() {
        return Optional.empty();
    }

    @Override
    public Optional<Keys> keys() {
        return Optional.empty();
    }

    @Override
    public Optional<ControlOperation> operation(String name) {
        return name.equals("echo.twice") ? Optional.of(FakeGateway::echo) : Optional.empty();
    }

    private static ControlAnswer echo(Map<String, ?> members, String person) {
        return members.get("word") instanceof String word
                ? new ControlAnswer.Done(Map.of("words", List.of(word, word), "person", person))
                : new ControlAnswer.Refused("NO_WORD", "by test");
    }

    /** Something that is asked nothing of interest. */
    private static <T> T silent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                FakeGateway.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }
}
