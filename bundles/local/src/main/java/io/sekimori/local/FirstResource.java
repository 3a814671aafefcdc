package io.sekimori.local;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.FirstAnswer;
import io.sekimori.access.FirstSignIn;
import io.sekimori.access.Role;
import io.sekimori.identity.ActivationProof;
import io.sekimori.identity.IdentityException;
import io.sekimori.lasting.Lasting;
import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * What everybody may see of a gateway, and the first sign-in: who holds its activation becomes its first person. Says
 * nothing of the unit to whom it does not know. Thread-safe.
 */
@Component(service = Resource.class)
public final class FirstResource implements Resource {

    private static final int MOST_BYTES = 32 << 10;
    private static final long LEAST_CHARACTERS = 12;

    private static final Route SHOW = Route.of(
                    "showLocal", Method.GET, "/v1/local", Permission.ANYONE, "Whether somebody can sign in here")
            .answering(200, Accepts.JSON, "Whether the first person is still to be made");
    private static final Route FIRST = Route.of(
                    "makeFirstPerson",
                    Method.POST,
                    "/v1/local/first",
                    Permission.ANYONE,
                    "Makes the first person, who holds the activation")
            .accepting(Accepts.json(MOST_BYTES))
            .answering(201, Accepts.JSON, "The person, who signs in next");

    // Dynamic, so that swaps of others do not take this away. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable FirstSignIn first;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable ActivationProof activation;

    @Reference(service = LoggerFactory.class)
    Logger log;

    private final Clock clock = Clock.systemUTC();
    private final Spending spending;
    private volatile @Nullable FirstSignIn firstAtEnd;
    private volatile @Nullable ActivationProof activationAtEnd;

    /** Called by Declarative Services. */
    public FirstResource() {
        this(System::nanoTime);
    }

    /** @param nanos a time that is never set */
    FirstResource(LongSupplier nanos) {
        this.spending = new Spending(nanos);
    }

    /** What one call works with. */
    private record Parts(FirstSignIn first, ActivationProof activation) {}

    /** Keeps both for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        firstAtEnd = first;
        activationAtEnd = activation;
    }

    @Override
    public List<Route> routes() {
        return List.of(SHOW, FIRST);
    }

    @Override
    public Response handle(Request request) throws WebException {
        try {
            return request.route().name().equals(FIRST.name()) ? begin(request, parts()) : show(parts());
        } catch (AccessException e) {
            throw unavailable(e.code(), e);
        } catch (IdentityException e) {
            throw unavailable(e.code(), e);
        }
    }

    /** Without the words of who failed, which name files: anybody may ask. */
    private static WebException unavailable(Enum<?> code, Exception cause) {
        return code == AccessCode.SIGN_IN_BUSY
                ? new WebException(new Problem(429, code, "nobody was made"))
                : new WebException(new Problem(503, code, "the log says why"), cause);
    }

    private Response show(Parts parts) throws AccessException, IdentityException {
        boolean nobody = parts.first().isOpen();
        boolean provable = parts.activation().isOpen();
        if (!nobody && provable) {
            // The power may have gone between making the first person and this; what nobody held stays as it is.
            spending.again(parts.activation(), log);
        }
        String state = !nobody ? "DONE" : provable ? "OPEN" : "NO_ACTIVATION";
        return Response.json(Map.of(
                "product",
                "sekimori-gateway",
                "now",
                clock.instant().toString(),
                "first",
                state,
                "passwordLeast",
                LEAST_CHARACTERS));
    }

    private Response begin(Request request, Parts parts) throws WebException, AccessException, IdentityException {
        request.json().allow("name", "code", "password");
        byte[] code = request.json().text("code").getBytes(StandardCharsets.UTF_8);
        char[] password = request.json().text("password").toCharArray();
        try {
            if (parts.first().isOpen() && !parts.activation().isOpen()) {
                return Response.problem(409, AccessCode.NO_ACTIVATION, "nothing could prove it");
            }
            FirstAnswer answer = parts.first()
                    .begin(
                            request.json().text("name"),
                            password,
                            () -> holds(parts.activation(), code),
                            request.peer().address());
            if (answer instanceof FirstAnswer.Refused refused) {
                return refused(refused.code(), refused.retryAfter());
            }
            spending.now(parts.activation(), log);
            return Response.json(
                    201,
                    Map.of(
                            "name",
                            ((FirstAnswer.Made) answer).person().name(),
                            "roles",
                            List.of(Role.ADMINISTRATOR.name())));
        } finally {
            Arrays.fill(code, (byte) 0);
            Arrays.fill(password, '\0');
        }
    }

    private static boolean holds(ActivationProof activation, byte[] code) throws AccessException {
        try {
            return activation.holds(code);
        } catch (IdentityException e) {
            throw new AccessException(AccessCode.NO_ACTIVATION, String.valueOf(e.getMessage()), e);
        }
    }

    private Parts parts() throws WebException {
        FirstSignIn people = Lasting.of(first, firstAtEnd);
        ActivationProof proof = Lasting.of(activation, activationAtEnd);
        if (people == null || proof == null) {
            throw new WebException(new Problem(503, AccessCode.ACCESS_ABSENT, "access control or identity is away"));
        }
        return new Parts(people, proof);
    }

    private static Response refused(AccessCode code, Duration retryAfter) {
        int status = switch (code) {
            case SIGN_IN_DELAYED, SIGN_IN_BUSY -> 429;
            case FIRST_PERSON_EXISTS -> 409;
            case ACTIVATION_CODE_WRONG -> 403;
            default -> 422;
        };
        long seconds = (retryAfter.toMillis() + 999) / 1_000;
        Map<String, Object> facts = seconds == 0 ? Map.of() : Map.of("retryAfterSeconds", seconds);
        Response answer = Response.of(status, new Body.Refused(new Problem(status, code, "nobody was made", facts)));
        return seconds == 0 ? answer : answer.with("Retry-After", Long.toString(seconds));
    }
}
