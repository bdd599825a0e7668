// rtl/command/TokenCounters: the tokens between any two queues are those given less those taken and lost, 0 to a
// maximum; `available` tells whether there are any, `overflow` that one is lost. Defines: DUT, MOST (that maximum), REACHED
// when it is small enough to be reached from reset; words.svh gives the counters.
module proof (
  input       clk,
  input       reset,
  input [4:0] take_0, take_1, take_2, take_3, take_4, give_0, give_1, give_2, give_3, give_4
);
  localparam QUEUES = 5, MOST = `MOST, BITS = $clog2(`MOST + 1);

  wire [4:0] available_0, available_1, available_2, available_3, available_4;
  wire       overflow;
  `DUT dut (.clk, .reset, .overflow, .take_0, .take_1, .take_2, .take_3, .take_4, .give_0, .give_1, .give_2, .give_3,
    .give_4, .available_0, .available_1, .available_2, .available_3, .available_4);

  wire [QUEUES*QUEUES-1:0] take = {take_4, take_3, take_2, take_1, take_0};  // at to * queues + from
  wire [QUEUES*QUEUES-1:0] give = {give_4, give_3, give_2, give_1, give_0};  // at from * queues + to
  wire [QUEUES*QUEUES-1:0] available = {available_4, available_3, available_2, available_1, available_0};

  reg started = 1'b0;
  always @(posedge clk) started <= 1'b1;
  always @* if (!started) assume (reset);
  always @* assume (!(take & ~available));

  // Two queues, any, and the tokens that wait from the one to the other.
  (* anyconst *) reg [2:0] from, to;
  always @* assume (from < QUEUES && to < QUEUES);
  wire up = give[from * QUEUES + to], down = take[to * QUEUES + from];
  reg signed [BITS+1:0] waiting;
  wire lost = up & ~down & waiting == MOST;
  reg both, taken;
  reg [BITS+1:0] before;
  always @(posedge clk) begin
    if (reset) waiting <= 0;
    else if (up & ~lost & ~down) waiting <= waiting + 1;
    else if (down & ~up) waiting <= waiting - 1;
    both <= up & down & ~reset;
    taken <= down & ~up & ~reset;
    before <= waiting;
  end

`include "words.svh"
  wire [BITS-1:0] counter = words[BITS*(from * QUEUES + to) +: BITS];
  // What holds of any two queues holds of all: the circuit's counters are the right ones to tell a loss by.
  reg [QUEUES*QUEUES-1:0] loses;
  integer f, t;
  always @* for (f = 0; f < QUEUES; f = f + 1) for (t = 0; t < QUEUES; t = t + 1)
    loses[f * QUEUES + t] = give[f * QUEUES + t] & ~take[t * QUEUES + f] & words[BITS*(f * QUEUES + t) +: BITS] == MOST;

  always @* if (started & !reset) begin
    in_range: assert (waiting >= 0 && waiting <= MOST);
    counts: assert (counter == waiting);
    available_right: assert (available[to * QUEUES + from] == (waiting != 0));
    given_and_taken: assert (!both || counter == before);
    loss_told: assert (!lost || overflow);
    overflow_right: assert (overflow == (loses != 0));
    all_taken: cover (taken && waiting == 0 && from == 3 && to == 1);
    replaced: cover (both && waiting == 2);
`ifdef REACHED
    overflows: cover (lost && from == 3 && to == 1);
    full_but_taken: cover (waiting == MOST && both && !overflow && from == 3 && to == 1);
`endif
  end
endmodule
