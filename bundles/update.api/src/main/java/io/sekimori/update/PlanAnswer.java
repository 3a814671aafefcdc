package io.sekimori.update;

/** What {@link UpdateService#plan} says of a pack. */
public sealed interface PlanAnswer {

    /** The pack may be applied; this is what would happen. */
    record Planned(Plan plan) implements PlanAnswer {}

    /** The pack would be refused. */
    record Refused(Reason reason) implements PlanAnswer {}
}
