/**
 * Triangle meshes: reading STL, OBJ, MSH and Collada files, and convex hulls.
 *
 * <p>{@link org.openkaiwu.body.mesh.MeshReader} turns a file into a {@link
 * org.openkaiwu.body.mesh.TriangleMesh}; {@link org.openkaiwu.body.mesh.ConvexHull} finds the hull
 * of its vertices. Take the hull of the vertices as the file has them: there flat faces are still
 * exactly flat, so that no corner of a flat face is mistaken for a corner of the hull.
 */
package org.openkaiwu.body.mesh;
