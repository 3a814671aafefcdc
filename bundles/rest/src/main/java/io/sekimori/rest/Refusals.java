package io.sekimori.rest;

import io.sekimori.fleet.FleetAnswer;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.insight.InsightException;
import io.sekimori.lasting.Lasting;
import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.web.Problem;
import io.sekimori.web.WebException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what the areas refuse into problems, each with its own code. Stateless. */
final class Refusals {

    private static final Map<FleetCode, Integer> FLEET = Map.of(
            FleetCode.GATEWAY_UNKNOWN, 404,
            FleetCode.CHANGED_MEANWHILE, 412,
            FleetCode.RECORDS_UNAVAILABLE, 503,
            FleetCode.AUDIT_UNAVAILABLE, 503,
            FleetCode.AUTHORITY_UNAVAILABLE, 503,
            FleetCode.LINK_DOWN, 503,
            FleetCode.COURIER_BUSY, 503,
            FleetCode.NO_ANSWER, 504,
            FleetCode.ANSWER_UNPROVED, 504);

    private static final Map<RolloutCode, Integer> ROLLOUTS = Map.of(
            RolloutCode.ROLLOUT_UNKNOWN, 404,
            RolloutCode.CHANGED_MEANWHILE, 412,
            RolloutCode.SELECTION_UNFIT, 422,
            RolloutCode.TOO_MANY_TARGETS, 422,
            RolloutCode.FILTER_INVALID, 422,
            RolloutCode.RELEASE_UNKNOWN, 422,
            RolloutCode.RECORDS_UNAVAILABLE, 503,
            RolloutCode.AUDIT_UNAVAILABLE, 503,
            RolloutCode.FLEET_UNAVAILABLE, 503,
            RolloutCode.RELEASES_UNAVAILABLE, 503);

    private Refusals() {}

    static WebException of(FleetAnswer.Refused refused) {
        return new WebException(new Problem(FLEET.getOrDefault(refused.code(), 409), refused.code(), refused.detail()));
    }

    static WebException of(FleetException e) {
        return new WebException(
                new Problem(FLEET.getOrDefault(e.code(), 503), e.code(), "the fleet does not answer"), e);
    }

    static WebException of(InsightException e) {
        return new WebException(new Problem(503, e.code(), "the insight does not answer"), e);
    }

    static WebException of(RolloutAnswer.Refused refused) {
        return new WebException(
                new Problem(ROLLOUTS.getOrDefault(refused.code(), 409), refused.code(), refused.detail()));
    }

    static WebException of(RolloutException e) {
        return new WebException(
                new Problem(ROLLOUTS.getOrDefault(e.code(), 503), e.code(), "the rollouts do not answer"), e);
    }

    static WebException invalid(String detail) {
        return new WebException(new Problem(422, RestCode.VALUE_INVALID, detail));
    }

    static WebException unknown(String what) {
        return new WebException(new Problem(404, RestCode.UNKNOWN, what));
    }

    static WebException failed(String what, Exception cause) {
        return new WebException(new Problem(503, RestCode.AREA_FAILED, what), cause);
    }

    /** The service, or the refusal that it is away. */
    static <T> T present(@Nullable T service, String name) throws WebException {
        if (service == null) {
            throw new WebException(new Problem(503, RestCode.AREA_ABSENT, name + " is not there"));
        }
        return service;
    }

    /** The one that lasts of both, or the refusal that neither is there. */
    static <T> T present(@Nullable T current, @Nullable T atEnd, String name) throws WebException {
        return present(Lasting.of(current, atEnd), name);
    }
}
