package io.sekimori.delivery;

import io.sekimori.connection.Allowance;
import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.identity.IdentityException;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateException;
import io.sekimori.update.UpdateService;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a console may ask: {@code PUT/assignment} and {@code GET/report}. An assignment needs no permission of the one who
 * sends it, since the director signed it. Thread-safe.
 */
final class Requests {

    private static final String NONCE = "nonce";

    private final Courier courier;
    private final Surroundings around;
    private final Function<byte[], Optional<Reason>> screening;
    private final Allowance reports;

    Requests(
            Courier courier, Surroundings around, Function<byte[], Optional<Reason>> screening, LongSupplier nanoTime) {
        this.courier = courier;
        this.around = around;
        this.screening = screening;
        this.reports = Numbers.allowance(nanoTime);
    }

    Reply handle(Request request) {
        String what = request.method() + "/" + request.path();
        if (request.method() != Method.GET) {
            Reply reply = what.equals(Method.PUT + "/assignment")
                    ? assignment(request.body())
                    : refused(404, DeliveryCode.RESOURCE_UNKNOWN, what);
            if (reply.code() != 200) {
                // What is assigned in truth, by which keys, with which approvals, the console says. So is found in a
                // flood what was refused unseen.
                courier.askSoon();
            }
            return reply;
        }
        if (what.equals(Method.GET + "/report")) {
            return report(request.metrics().getOrDefault(NONCE, ""));
        }
        return refused(404, DeliveryCode.RESOURCE_UNKNOWN, what);
    }

    private Reply assignment(byte[] assignment) {
        if (!courier.settings().enabled()) {
            return refused(403, DeliveryCode.CONSOLE_UPDATES_OFF, "updates from the console are switched off");
        }
        OptionalLong version = ClaimedVersion.of(assignment);
        if (version.isEmpty()) {
            return refused(400, DeliveryCode.ASSIGNMENT_MALFORMED, "the body is no assignment");
        }
        Optional<UpdateService> update = around.update();
        if (update.isEmpty()) {
            return refused(503, DeliveryCode.ENGINE_ABSENT, "the update engine is being replaced");
        }
        try {
            Optional<ConsoleFiles> console = courier.console();
            if (console.isEmpty()) {
                return refused(409, DeliveryCode.NOT_ENROLLED, "there is nobody to fetch from");
            }
            Optional<OpenTransition> open = update.get().open();
            if (open.isPresent() && ClaimedVersion.takesBack(assignment)) {
                courier.askSoon(); // it is fetched and judged in a thread that may wait
                return Reply.done(Map.of("status", "ASKED"));
            }
            if (open.isPresent()) {
                return refused(
                        Reason.of(UpdateCode.TRANSITION_OPEN, open.get().id())); // at its end the console is asked
            }
            if (courier.overtaken(update.get(), version.getAsLong())) {
                return refused(409, DeliveryCode.ASSIGNMENT_NOT_NEWER, "version " + version.getAsLong());
            }
            if (!courier.worthATry(update.get(), version.getAsLong())) {
                return courier.hindrance(update.get())
                        .map(Requests::refused)
                        .orElseGet(() ->
                                refused(409, DeliveryCode.ASSIGNMENT_NOT_NEWER, "version " + version.getAsLong()));
            }
            Optional<Reason> unworthy = screening.apply(assignment);
            if (unworthy.isPresent()) {
                return refused(unworthy.get());
            }
            return answer(
                    courier.start(update.get(), new PushedAssignment(assignment, console.get()), version.getAsLong()));
        } catch (IdentityException e) {
            return Reply.refused(409, e.code().name(), String.valueOf(e.getMessage()));
        }
    }

    private static Reply answer(ApplyAnswer answer) {
        if (answer instanceof ApplyAnswer.NotStarted not) {
            return refused(not.reason());
        }
        return Reply.done(Map.of("operation.id", ((ApplyAnswer.Started) answer).id()));
    }

    private Reply report(Object nonce) {
        Optional<UpdateService> update = around.update();
        if (update.isEmpty()) {
            return refused(503, DeliveryCode.ENGINE_ABSENT, "the update engine is being replaced");
        }
        if (!(nonce instanceof String text) || !text.matches("[A-Za-z0-9_-]{0,64}")) {
            return refused(400, DeliveryCode.NONCE_MALFORMED, "a nonce has 0 to 64 of A-Z a-z 0-9 _ -");
        }
        if (!reports.take()) {
            return Numbers.tooMany();
        }
        try {
            return new Reply(200, Map.of(), update.get().report(text));
        } catch (UpdateException e) {
            return Reply.refused(500, e.reason().code(), e.reason().detail());
        }
    }

    private static Reply refused(Reason why) {
        return Reply.refused(409, why.code(), why.detail());
    }

    private static Reply refused(int status, DeliveryCode code, String detail) {
        return Reply.refused(status, code.name(), detail);
    }
}
