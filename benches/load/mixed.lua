-- Mixed traffic for wrk: pages, questions, JSON, files of the page and permalinks, in the shares of the file that the
-- first argument names. The second argument is a seed. `done` prints one line of JSON.

local threads = {}
local groups, total = {}, 0

function setup(thread)
  threads[#threads + 1] = thread
end

-- Each line of the file has a share, a kind and a path. Paths of one kind share its share.
function init(args)
  math.randomseed(tonumber(args[2]))
  local kinds = {}
  for line in io.lines(args[1]) do
    local share, kind, path = line:match("^(%d+)\t(%S+)\t(%S+)$")
    if not kinds[kind] then
      kinds[kind] = { requests = {} }
      groups[#groups + 1] = kinds[kind]
      total = total + tonumber(share)
      kinds[kind].below = total
    end
    table.insert(kinds[kind].requests, wrk.format("GET", path))
  end
  done_well, refused, other = 0, 0, 0
end

function request()
  local drawn = math.random(total)
  for _, group in ipairs(groups) do
    if drawn <= group.below then
      return group.requests[math.random(#group.requests)]
    end
  end
end

function response(status)
  if status < 400 then
    done_well = done_well + 1
  elseif status == 503 then
    refused = refused + 1
  else
    other = other + 1
  end
end

function done(summary, latency)
  local well, no, odd = 0, 0, 0
  for _, thread in ipairs(threads) do
    well, no, odd = well + thread:get("done_well"), no + thread:get("refused"), odd + thread:get("other")
  end
  local errors = summary.errors
  io.write(string.format(
    '{"seconds": %.2f, "served": %d, "refused": %d, "other": %d, "broken": %d, "timed_out": %d, "p50_ms": %.1f, "p99_ms": %.1f}\n',
    summary.duration / 1e6, well, no, odd, errors.connect + errors.read + errors.write, errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
