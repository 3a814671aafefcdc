package io.sekimori.web.jetty;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.OneTimePassword;
import io.sekimori.access.People;
import io.sekimori.access.Person;
import io.sekimori.access.PersonChange;
import io.sekimori.access.Role;
import io.sekimori.web.Accepts;
import io.sekimori.web.Page;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.Tag;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Who may sign in, for administrators. Thread-safe. */
@Component(service = Resource.class)
public final class PeopleResource implements Resource {

    private static final String ALL = "/v1/people";
    private static final String ONE = "/v1/people/{name}";

    private static final Route LIST = Route.of("listPeople", Method.GET, ALL, Permission.ADMINISTER, "Lists people")
            .paged()
            .answering(200, Accepts.JSON, "A page of people");
    private static final Route ADD = Route.of(
                    "addPerson", Method.POST, ALL, Permission.ADMINISTER, "Adds a person with a one-time password")
            .accepting(Accepts.json())
            .answering(201, Accepts.JSON, "The person, and the password this once");
    private static final Route SHOW = Route.of("showPerson", Method.GET, ONE, Permission.ADMINISTER, "Shows a person")
            .answering(200, Accepts.JSON, "The person");
    private static final Route CHANGE = Route.of(
                    "changePerson",
                    Method.PUT,
                    ONE,
                    Permission.ADMINISTER,
                    "Changes roles, forbids or allows to sign in")
            .accepting(Accepts.json())
            .answering(200, Accepts.JSON, "The person");
    private static final Route REMOVE = Route.of(
                    "removePerson", Method.DELETE, ONE, Permission.ADMINISTER, "Removes a person")
            .answering(204, "", "Done");
    private static final Route RESET = Route.of(
                    "resetPassword", Method.POST, ONE + "/password", Permission.ADMINISTER, "Makes a one-time password")
            .answering(200, Accepts.JSON, "The person, and the password this once");
    private static final Route END = Route.of(
                    "endSessions", Method.DELETE, ONE + "/sessions", Permission.ADMINISTER, "Ends a person's sessions")
            .answering(200, Accepts.JSON, "How many there were");

    // Dynamic, so that a swap of access control does not take this away.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable People people;

    @Override
    public List<Route> routes() {
        return List.of(LIST, ADD, SHOW, CHANGE, REMOVE, RESET, END);
    }

    @Override
    public Response handle(Request request) throws WebException {
        People current = people; // read once: one call, one access
        if (current == null) {
            throw new WebException(new Problem(503, AccessCode.ACCESS_ABSENT, "nothing knows people"));
        }
        String actor = request.caller().actor();
        try {
            return switch (request.route().name()) {
                case "listPeople" -> list(current, request);
                case "addPerson" -> add(current, request, actor);
                case "showPerson" -> show(current, request);
                case "changePerson" -> change(current, request, actor);
                case "removePerson" ->
                    answer(current.remove(request.path("name"), Tag.number(request), actor), Response.done());
                case "resetPassword" -> answer(current.resetPassword(request.path("name"), actor), Response.done());
                default -> Response.json(Map.of("ended", current.endSessions(request.path("name"), actor)));
            };
        } catch (AccessException e) {
            throw Unavailable.of(e);
        }
    }

    private static Response list(People people, Request request) throws WebException, AccessException {
        Page page = Page.of(request);
        List<Person> found = people.page(page.after(), page.limit() + 1);
        boolean more = found.size() > page.limit();
        List<Person> shown = more ? found.subList(0, page.limit()) : found;
        return Response.page(
                shown.stream().map(PeopleResource::json).toList(),
                more ? Optional.of(shown.get(shown.size() - 1).name()) : Optional.empty());
    }

    private static Response show(People people, Request request) throws WebException, AccessException {
        Person person = people.find(request.path("name"))
                .orElseThrow(
                        () -> new WebException(new Problem(404, AccessCode.PERSON_UNKNOWN, "nobody has that name")));
        return Response.json(json(person)).tagged(String.valueOf(person.version()));
    }

    private static Response add(People people, Request request, String actor) throws WebException, AccessException {
        request.json().allow("name", "roles");
        String name = request.json().text("name");
        Response answer = answer(people.add(name, roles(request), actor), Response.done());
        return answer.status() == 200
                ? Response.of(201, answer.body())
                        .with("Location", ALL + "/" + name)
                        .tagged("1")
                : answer;
    }

    private static Response change(People people, Request request, String actor) throws WebException, AccessException {
        request.json().allow("roles", "disabled");
        boolean disabled = request.json().bool("disabled");
        PersonChange done = people.change(request.path("name"), Tag.number(request), roles(request), disabled, actor);
        return done instanceof PersonChange.Done now
                ? Response.json(json(now.person()))
                        .tagged(String.valueOf(now.person().version()))
                : answer(done, Response.done());
    }

    private static Set<Role> roles(Request request) throws WebException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : request.json().texts("roles")) {
            try {
                roles.add(Role.valueOf(word));
            } catch (IllegalArgumentException e) {
                throw new WebException(new Problem(400, WebCode.BODY_INVALID, "roles names what is no role"));
            }
        }
        return roles;
    }

    private static Response answer(PersonChange change, Response done) {
        if (change instanceof PersonChange.WithPassword made) {
            try (OneTimePassword password = made.password()) {
                Map<String, Object> json = new HashMap<>(json(made.person()));
                json.put("oneTimePassword", password.<String>reveal(String::new));
                return Response.json(json);
            }
        }
        if (change instanceof PersonChange.Refused refused) {
            int status = switch (refused.code()) {
                case PERSON_UNKNOWN -> 404;
                case PERSON_EXISTS, LAST_ADMINISTRATOR -> 409;
                case PERSON_CHANGED -> 412;
                default -> 422;
            };
            return Response.problem(status, refused.code(), "nothing was changed");
        }
        return done;
    }

    private static Map<String, Object> json(Person person) {
        return Map.of(
                "name", person.name(),
                "roles", person.roles().stream().map(Role::name).sorted().toList(),
                "state", person.state().name());
    }
}
