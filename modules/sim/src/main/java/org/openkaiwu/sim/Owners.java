package org.openkaiwu.sim;

import org.openkaiwu.body.Machine;

/** Whose a geom is, in a composed world. */
final class Owners {
    /** Kinds of owners. */
    enum Kind {
        FLOOR,
        ROBOT,
        PLACE,
        PERSON,
        THING
    }

    private final Kind[] kind;
    private final int[] index;

    /** Body of each thing, by its index in the layout. */
    final int[] thingBody;

    /** First qpos number of each thing's free joint. */
    final int[] thingQpos;

    Owners(Machine m, Layout layout) {
        kind = new Kind[m.nbody];
        index = new int[m.nbody];
        thingBody = new int[layout.things().size()];
        thingQpos = new int[thingBody.length];
        for (int b = 0; b < m.nbody; b++) {
            String name = m.bodyName[b];
            if (name.startsWith(SceneBuilder.THING)) {
                kind[b] = Kind.THING;
                index[b] = at(layout.things().stream().map(Layout.Thing::id).toList(), name);
                thingBody[index[b]] = b;
                thingQpos[index[b]] = m.jntQposadr[m.bodyJntadr[b]];
            } else if (name.startsWith(SceneBuilder.PLACE)) {
                kind[b] = Kind.PLACE;
                index[b] = at(layout.places().stream().map(Layout.Place::id).toList(), name);
            } else if (name.startsWith(SceneBuilder.PERSON)) {
                kind[b] = Kind.PERSON;
                index[b] = at(layout.people().stream().map(Layout.Person::id).toList(), name);
            } else {
                kind[b] = b == 0 ? Kind.FLOOR : Kind.ROBOT;
            }
        }
    }

    private static int at(java.util.List<String> ids, String name) {
        return ids.indexOf(name.substring(name.indexOf('/') + 1));
    }

    /** Kind of the owner of a body. */
    Kind kind(int body) {
        return kind[body];
    }

    /** Index of the owner of a body in the layout's list of its kind. */
    int index(int body) {
        return index[body];
    }
}
