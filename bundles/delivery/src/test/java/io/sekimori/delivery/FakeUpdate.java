package io.sekimori.delivery;

import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.DeferAnswer;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateService;
import io.sekimori.update.UpdateSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine that remembers what it was given and ends transitions when it is told to. */
final class FakeUpdate implements UpdateService {

    final List<UpdateSource> applied = new CopyOnWriteArrayList<>();
    final List<ProgressListener> listeners = new CopyOnWriteArrayList<>();
    final List<TransitionReport> recent = new ArrayList<>();
    final List<UpdateSource> takenBack = new CopyOnWriteArrayList<>();
    final List<Origin> origins = new CopyOnWriteArrayList<>();
    final AtomicInteger previewed = new AtomicInteger();
    volatile PlanAnswer preview = new PlanAnswer.Refused(new Reason("DOWNLOAD_FAILED", ""));
    volatile Optional<Reason> hindrance = Optional.empty();
    volatile Optional<OpenTransition> open = Optional.empty();

    static TransitionReport ended(long assignment, Outcome outcome, Instant when) {
        return new TransitionReport(
                "t" + assignment,
                1,
                2,
                assignment,
                new Origin("console", "console"),
                when,
                when,
                outcome,
                Optional.empty(),
                List.of());
    }

    static Outcome refused(String code) {
        return new Outcome.Refused(1, new Reason(code, ""));
    }

    @Override
    public PlanAnswer plan(Path pack) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PlanAnswer plan(UpdateSource source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PlanAnswer preview(Path pack) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PlanAnswer preview(UpdateSource source) {
        previewed.incrementAndGet();
        return preview;
    }

    @Override
    public ApplyAnswer apply(Path pack, Origin origin, ProgressListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ApplyAnswer apply(Path pack, String assignmentSha256, Origin origin, ProgressListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ApplyAnswer apply(UpdateSource source, Origin origin, ProgressListener listener) {
        if (open.isPresent()) {
            return new ApplyAnswer.NotStarted(
                    new Reason("TRANSITION_OPEN", open.get().id()));
        }
        applied.add(source);
        origins.add(origin);
        listeners.add(listener);
        return new ApplyAnswer.Started("t" + applied.size());
    }

    @Override
    public Optional<Reason> hindrance(Origin origin) {
        return hindrance;
    }

    @Override
    public Optional<Instant> begins(Origin origin) {
        return Optional.empty();
    }

    @Override
    public DeferAnswer defer(Duration howLong, Origin origin) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean takeBack(UpdateSource source) {
        takenBack.add(source);
        return true;
    }

    @Override
    public boolean cancel(String id) {
        return false;
    }

    @Override
    public boolean follow(String id, ProgressListener listener) {
        listeners.add(listener);
        return true;
    }

    @Override
    public Optional<OpenTransition> open() {
        return open;
    }

    @Override
    public OptionalInt generation() {
        return OptionalInt.of(1);
    }

    @Override
    public synchronized List<TransitionReport> recent() {
        return List.copyOf(recent);
    }

    synchronized void add(TransitionReport report) {
        recent.add(0, report);
    }

    @Override
    public byte[] report(String nonce) {
        return ("report " + nonce).getBytes(StandardCharsets.UTF_8);
    }
}
