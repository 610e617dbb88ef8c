#include "spec/acsl/witness.h"
#include "src/diagonal_network.h"
#include "src/flow.h"
#include "src/momentum.h"
#include "src/run.h"
#include "src/tape.h"
#include "src/vector.h"

double hp_witness_fill(void) {
  double x[2];
  hp_vector_fill(2, 3.0, &x[0]);
  return x[1];
}

double hp_witness_copy(void) {
  double x[2] = {1.0, 2.0}, y[2];
  hp_vector_copy(2, &x[0], &y[0]);
  return y[1];
}

double hp_witness_add_scaled(void) {
  double x[2] = {1.0, 0.5}, y[2] = {4.0, 0.5}, sum[2], s = 0.5;
  /*@ assert tame: tame(s) && tame(x[1]) && tame(y[1]); */
  hp_vector_add_scaled(2, &x[0], s, &y[0], &sum[0]);
  return sum[1];
}

double hp_witness_dot(void) {
  double x[2] = {1.0, 0.5}, y[2] = {2.0, -1.0};
  /*@ assert tame: tame_array(&x[0], 2) && tame_array(&y[0], 2); */
  return hp_vector_dot(2, &x[0], &y[0]);
}

double hp_witness_distance_squared(void) {
  double x[2] = {1.0, 5.0}, y[2] = {4.0, 1.0};
  /*@ assert tame: tame_array(&x[0], 2) && tame_array(&y[0], 2); */
  return hp_vector_distance_squared(2, &x[0], &y[0]);
}

double hp_witness_distance_max(void) {
  double x[2] = {1.0, 5.0}, y[2] = {4.0, 1.0};
  /*@ assert tame: tame_array(&x[0], 2) && tame_array(&y[0], 2); */
  return hp_vector_distance_max(2, &x[0], &y[0]);
}

double hp_witness_start(void) {
  double v[2];
  hp_momentum_start(2, &v[0]);
  return v[1];
}

double hp_witness_lookahead(void) {
  double u[1] = {1.0}, v[1] = {0.5}, y[1], h = 0.25, a = 0.5;
  /*@ assert tame: tame(u[0]) && tame(v[0]) && tame(h) && tame(a); */
  hp_momentum_lookahead(1, &u[0], &v[0], h, a, &y[0]);
  return y[0];
}

double hp_witness_step(void) {
  double u[1] = {1.0}, v[1] = {0.5}, g[1] = {-0.125}, lambda = 0.5, h = 0.25;
  /*@ assert tame: tame(u[0]) && tame(v[0]) && tame(g[0]) && tame(lambda) && tame(h); */
  hp_momentum_step(1, &u[0], &v[0], &g[0], lambda, h);
  return u[0];
}

int hp_witness_tape_check(void) {
  hp_instruction code[1] = {{HP_SQR, 1, 1}};
  double constants[1] = {2.0};
  uint32_t output[1] = {2};
  hp_tape tape = {1, 1, 1, 1, &constants[0], &code[0], &output[0]};
  return hp_tape_check(&tape) ? 1 : 0;
}

double hp_witness_evaluate(void) {
  double x[1] = {5.0}, constants[1] = {2.0}, slot[3];
  hp_instruction code[1] = {{HP_ADD, 0, 1}};
  hp_tape_evaluate(1, &x[0], 1, &constants[0], 1, &code[0], &slot[0]);
  return slot[2];
}

double hp_witness_outputs(void) {
  double x[2] = {1.0, 5.0}, constants[2] = {1.0, 2.0}, slot[5], result[2];
  hp_instruction code[1] = {{HP_ADD, 1, 3}};
  uint32_t output[2] = {1, 4};
  hp_tape tape = {2, 2, 1, 2, &constants[0], &code[0], &output[0]};
  hp_tape_outputs(&tape, &x[0], &slot[0], &result[0]);
  /*@ assert x: \is_finite(x[1]) && x[1] == 5.0; */
  /*@ assert constants: \is_finite(constants[1]) && constants[1] == 2.0; */
  /*@ assert value_1: slot_value(2, &x[0], 4, &constants[0], &code[0], 1) == x[1]; */
  /*@ assert value_3: slot_value(2, &x[0], 4, &constants[0], &code[0], 3) == constants[1]; */
  /*@ assert finite_1: slot_defined(2, &x[0], 4, &constants[0], &code[0], 1); */
  /*@ assert finite_3: slot_defined(2, &x[0], 4, &constants[0], &code[0], 3); */
  /*@ assert errors: slot_error(2, &x[0], 4, &constants[0], &code[0], 1) == 0.0 &&
        slot_error(2, &x[0], 4, &constants[0], &code[0], 3) == 0.0; */
  /*@ assert range: operation_defined(HP_ADD, 5.0, 0.0, 2.0, 0.0); */
  /*@ assert sum: slot_defined(2, &x[0], 4, &constants[0], &code[0], 4); */
  /*@ assert output: output_defined(&tape, &x[0], 1); */
  /*@ assert outputs: \forall integer i; 0 <= i < 2 ==> output_defined(&tape, &x[0], i) ==>
        computed((&result[0])[i], tape_output(&tape, &x[0], i), tape_error(&tape, &x[0], i)); */
  /*@ assert computed: computed(result[1], tape_output(&tape, &x[0], 1),
                                tape_error(&tape, &x[0], 1)); */
  return result[1];
}

/* The gradient of u^2/2 is the input itself. */
double hp_witness_run_step(void) {
  double constants[1] = {2.0}, slot[3];
  hp_instruction code[1] = {{HP_SQR, 0, 0}};
  uint32_t output[1] = {0};
  hp_tape tape = {1, 1, 1, 1, &constants[0], &code[0], &output[0]};
  double u[1] = {1.0}, v[1] = {0.5}, y[1], g[1], lambda = 0.5, a = 0.5, h = 0.25;
  /*@ assert tame: tame(u[0]) && tame(v[0]) && tame(lambda) && tame(a) && tame(h); */
  /*@ assert tape: tape_valid(&tape) && tape_well_formed(&tape); */
  hp_run_step(&tape, lambda, a, h, &u[0], &v[0], &y[0], &g[0], &slot[0]);
  return y[0];
}

double hp_witness_run_path(void) {
  double constants[1] = {2.0}, slot[3];
  hp_instruction code[1] = {{HP_SQR, 0, 0}};
  uint32_t output[1] = {0};
  hp_tape tape = {1, 1, 1, 1, &constants[0], &code[0], &output[0]};
  double u[2] = {1.0, 0.0}, v[2], y[1], g[1], lambda = 0.5, a = 0.5, h = 0.25;
  /*@ assert tame: tame(u[0]) && tame(lambda) && tame(a) && tame(h); */
  /*@ assert tape: tape_valid(&tape) && tape_well_formed(&tape); */
  hp_run_path(&tape, lambda, a, h, 1, &u[0], &v[0], &y[0], &g[0], &slot[0]);
  return v[0];
}

double hp_witness_flow_step(void) {
  double constants[1] = {2.0}, slot[3];
  hp_instruction code[1] = {{HP_SQR, 0, 0}};
  uint32_t output[1] = {0};
  hp_tape tape = {1, 1, 1, 1, &constants[0], &code[0], &output[0]};
  double u[1] = {1.0}, point[4], gradient[4], lambda_bar = 2.0, h = 0.5;
  /*@ assert tame: tame(u[0]) && tame(lambda_bar) && tame(h); */
  /*@ assert product: product_below(lambda_bar, h, 0x1p299); */
  /*@ assert tape: tape_valid(&tape) && tape_well_formed(&tape); */
  hp_flow_step(&tape, lambda_bar, h, &u[0], &point[0], &gradient[0], &slot[0]);
  return point[0];
}

double hp_witness_theta(void) {
  double u[1] = {2.0}, v[1] = {-1.5}, theta[1];
  /*@ assert tame: tame(u[0]) && tame(v[0]); */
  hp_diagonal_theta(1, &u[0], &v[0], &theta[0]);
  return theta[0];
}

double hp_witness_residual(void) {
  double row[1] = {2.0}, theta[1] = {1.5}, y = 2.0;
  /*@ assert tame: tame_array(&row[0], 1) && tame_array(&theta[0], 1) && tame(y); */
  return hp_diagonal_residual(1, &row[0], &theta[0], y);
}

double hp_witness_gradient(void) {
  double u[1] = {2.0}, v[1] = {4.0}, g[1] = {-0.25}, g_u[1], g_v[1];
  /*@ assert tame: tame(g[0]) && tame(v[0]); */
  hp_diagonal_gradient(1, &u[0], &v[0], &g[0], &g_u[0], &g_v[0]);
  return g_u[0];
}

double hp_witness_balance(void) {
  double u[1] = {2.0}, v[1] = {3.0}, delta[1];
  /*@ assert tame: tame(u[0]) && tame(v[0]); */
  hp_diagonal_balance(1, &u[0], &v[0], &delta[0]);
  return delta[0];
}

double hp_witness_loss(void) {
  double residual[1] = {2.0};
  /*@ assert tame: tame_array(&residual[0], 1); */
  return hp_diagonal_loss(1, &residual[0]);
}

double hp_witness_entropy(void) {
  double theta[1] = {0.0}, delta[1] = {1.0};
  /*@ assert range: tame_array(&theta[0], 1) && wide(delta[0]); */
  return hp_diagonal_entropy(1, &theta[0], &delta[0]);
}
