#ifndef HP_DIFFERENTIATE_H
#define HP_DIFFERENTIATE_H
#include "graph.h"

/* Reverse mode, graph to graph: gradient[k] = d f / d input_k for k < n. Costs O(size of f) nodes
 * in all, whatever n is. */
void hp_graph_gradient(hp_graph *graph, hp_node f, size_t n, hp_node gradient[]);

/* Forward mode, graph to graph: derivative of each output in the direction given by n nodes,
 *     result[i] = sum_k (d output_i / d input_k) direction[k].
 * With output = gradient this is the Hessian-vector product H(u) d. */
void hp_graph_directional(hp_graph *graph, const hp_node output[], size_t n_outputs,
                          const hp_node direction[], size_t n, hp_node result[]);

/* t (d op / da) for a unary operation with the value y = op(a), which is reused where the derivative is
 * a function of it. */
hp_node hp_graph_chain(hp_graph *graph, hp_operation op, hp_node a, hp_node y, hp_node t);

#endif
