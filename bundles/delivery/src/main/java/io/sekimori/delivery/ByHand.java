package io.sekimori.delivery;

import io.sekimori.control.ControlAnswer;
import io.sekimori.identity.IdentityException;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateService;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Has what the console assigned installed by hand: whatever hinders it by itself does not hinder this. Thread-safe. */
final class ByHand {

    private final Courier courier;
    private final Surroundings around;

    ByHand(Courier courier, Surroundings around) {
        this.courier = courier;
        this.around = around;
    }

    /**
     * Begins, or says why not.
     *
     * @param seen the number that the person looked at; empty for whatever is assigned
     */
    ControlAnswer install(String person, OptionalLong seen) {
        try {
            Optional<ConsoleFiles> console = courier.console();
            if (console.isEmpty()) {
                return refused(DeliveryCode.NOT_ENROLLED, "it belongs to no console");
            }
            Optional<UpdateService> update = around.update();
            if (update.isEmpty()) {
                return refused(DeliveryCode.ENGINE_ABSENT, "the engine is being replaced");
            }
            Optional<byte[]> assignment = console.get().directorMetadata(Courier.ASSIGNMENT, ClaimedVersion.MAX_BYTES);
            OptionalLong version = assignment.map(ClaimedVersion::of).orElseGet(OptionalLong::empty);
            if (version.isEmpty()) {
                return refused(DeliveryCode.NOTHING_ASSIGNED, "the console has no assignment for this gateway");
            }
            if (seen.isPresent() && seen.getAsLong() != version.getAsLong()) {
                return refused(
                        DeliveryCode.ASSIGNMENT_CHANGED,
                        "assignment " + version.getAsLong() + " is there, " + seen.getAsLong() + " was looked at");
            }
            ApplyAnswer answer = courier.start(
                    update.get(),
                    new PushedAssignment(assignment.get(), console.get()),
                    new Origin(person, "local"),
                    version.getAsLong());
            return answer instanceof ApplyAnswer.Started started
                    ? new ControlAnswer.Done(Map.of("id", started.id(), "assignment", version.getAsLong()))
                    : refused(((ApplyAnswer.NotStarted) answer).reason());
        } catch (IOException | IdentityException e) {
            return refused(DeliveryCode.CONSOLE_NOT_REACHED, String.valueOf(e.getMessage()));
        }
    }

    private static ControlAnswer refused(DeliveryCode code, String detail) {
        return new ControlAnswer.Refused(code.name(), detail);
    }

    private static ControlAnswer refused(Reason reason) {
        return new ControlAnswer.Refused(reason.code(), reason.detail());
    }
}
